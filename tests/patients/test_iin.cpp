#include <rapidcheck.h>

#include <array>
#include <catch2/catch.hpp>
#include <string>

#include "base/time.h"
#include "dispatch/patients/iin.h"

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

TEST_CASE("blanks, dashes, marks and line ends of any kind are dropped, wherever they stand") {
    const std::array<const char*, 24> dropped{
        " ", "\t", "\r", "\n", "\r\n", "-", "\u00A0", "\u00AD", "\u2002", "\u2007", "\u2009",
        "\u200B", "\u200E", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212",
        "\u202F", "\u2060", "\u3000", "\uFEFF", "\uFF0D"};
    const std::string right = "991231500016";
    for (const char* sign : dropped) {
        for (std::size_t at = 0; at <= right.size(); ++at) {
            const std::string typed = right.substr(0, at) + sign + right.substr(at);
            const IinReading reading = read_iin(typed);
            CAPTURE(sign, at);
            CHECK(reading.digits == right);
            CHECK(reading.verdict == IinVerdict::plausible);
            CHECK_FALSE(reading.letters_read);
        }
    }
    CHECK(read_iin("\uFEFF 991231 500-016\r\n").digits == right);
    CHECK(read_iin("'991231500016").digits == right);
    CHECK(read_iin("\uFF19\uFF1991231500016").digits == "99" "91231500016");
    CHECK(read_iin("").verdict == IinVerdict::wrong_length);
    CHECK(read_iin("\uFEFF").verdict == IinVerdict::wrong_length);
}

TEST_CASE("letters that look like digits are read as them and said to be asked about") {
    for (const char* zero : {"O", "o", "О", "о", "Ο", "ο"}) {
        const IinReading reading = read_iin(std::string{"99123150"} + zero + zero + "16");
        CHECK(reading.digits == "991231500016");
        CHECK(reading.letters_read);
        CHECK(reading.verdict == IinVerdict::plausible);
    }
    for (const char* one : {"I", "l", "І", "і", "Ӏ", "|"}) {
        CHECK(read_iin(std::string{"9912315000"} + one + "6").digits == "991231500016");
    }
    CHECK(read_iin("9912З1500016").digits == "991231500016");
    CHECK(read_iin("9912з1500016").letters_read);
    // Any other letter is not guessed at.
    for (const char* typed : {"99123150001B", "99123150001Я", "9.91231E+11", "99123150001\xFF",
                              "99123150001\xD0", "991231_500016", "99123150001'"}) {
        CHECK(read_iin(typed).verdict == IinVerdict::not_digits);
    }
}

TEST_CASE("a number hints at birth date and sex, and at a date that cannot be") {
    const IinHints man = iin_hints("991231500016");
    CHECK(man.birth_day == day_from_iso("2099-12-31"));
    CHECK(man.sex == triage::Sex::male);
    CHECK_FALSE(man.impossible_date);
    CHECK(iin_hints("991231600012").sex == triage::Sex::female);
    CHECK(iin_hints("000229500008").birth_day == day_from_iso("2000-02-29"));
    for (const char* digits : {"991331500006", "990230500008", "000000000000", "990431500000",
                               "990229500000", "999999500000", "990100500000"}) {
        const IinHints hints = iin_hints(digits);
        CAPTURE(digits);
        CHECK(hints.impossible_date);
        CHECK_FALSE(hints.birth_day);
    }
    for (char century : std::string{"0789"}) {
        std::string digits = "991231500016";
        digits[6] = century;
        CHECK(iin_hints(digits).unknown_century);
        CHECK(iin_hints(digits).sex == triage::Sex::unknown);
        CHECK_FALSE(iin_hints(digits).birth_day);
    }
    CHECK_FALSE(iin_hints("99123150001").birth_day);
    CHECK_FALSE(iin_hints("99123150001x").impossible_date);
}

TEST_CASE("any bytes can be read, and reading again changes nothing") {
    REQUIRE(rc::check([](const std::string& bytes) {
        const IinReading once = read_iin(bytes);
        const IinReading again = read_iin(once.digits);
        RC_ASSERT(again.digits == once.digits || once.digits.front() == '\'');
        if (once.verdict == IinVerdict::plausible) RC_ASSERT(once.digits.size() == 12U);
    }));
}

TEST_CASE("every check digit of a prefix is right exactly once, or never where both passes fail") {
    int none = 0;
    for (int serial = 0; serial < 10'000; ++serial) {
        std::string digits = "9912315" + std::to_string(10'000 + serial).substr(1) + "0";
        int right = 0;
        for (char check = '0'; check <= '9'; ++check) {
            digits.back() = check;
            right += check_iin(digits) == IinVerdict::plausible ? 1 : 0;
        }
        REQUIRE(right <= 1);
        none += right == 0 ? 1 : 0;
    }
    // A sum of 10 comes in one of eleven numbers, in both passes in about one of 121.
    CHECK(none > 40);
    CHECK(none < 200);
}
