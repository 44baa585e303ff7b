#include <catch2/catch.hpp>
#include <string>

#include "dispatch/patients/register.h"

using namespace jedel;

TEST_CASE("numbers with a right check digit are plausible, in the first and the second pass") {
    for (const char* iin : {"991231500016", "991231600012", "991231500707", "991231600301"}) {
        CHECK(check_iin(iin) == IinVerdict::plausible);
    }
}

TEST_CASE("no check digit makes a prefix valid that fails both passes") {
    for (const std::string prefix : {"99123150077", "99123160110"}) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            CHECK(check_iin(prefix + digit) == IinVerdict::typo);
        }
    }
}

TEST_CASE("a single wrong digit is mostly told as a typo, never as anything worse") {
    const std::string right = "991231500016";
    int typos = 0, passed = 0;
    for (std::size_t at = 0; at < right.size(); ++at) {
        if (at == 4) continue;  // that one tells persons from businesses
        for (char digit = '0'; digit <= '9'; ++digit) {
            if (digit == right[at]) continue;
            std::string slip = right;
            slip[at] = digit;
            const IinVerdict verdict = check_iin(slip);
            CHECK((verdict == IinVerdict::typo || verdict == IinVerdict::plausible));
            (verdict == IinVerdict::typo ? typos : passed) += 1;
        }
    }
    CHECK(typos > 8 * passed);  // about 9 % pass: digit 11 weighs nothing in the first pass
    CHECK(passed > 0);
}

TEST_CASE("a business number, a short one and letters are told apart") {
    CHECK(check_iin("991241500016") == IinVerdict::is_bin);
    CHECK(check_iin("991261500016") == IinVerdict::is_bin);
    CHECK(check_iin("99123150001") == IinVerdict::wrong_length);
    CHECK(check_iin("9912315000166") == IinVerdict::wrong_length);
    CHECK(check_iin("") == IinVerdict::wrong_length);
    CHECK(check_iin("99123150001O") == IinVerdict::not_digits);
    CHECK(check_iin("99123150001 ") == IinVerdict::not_digits);
}
