#include "dispatch/exercise/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dispatch/core/incidents/clocks.h"
#include "dispatch/exercise/canvas.h"

namespace jedel::exercise {
namespace {

constexpr double title_size = 22, label_size = 15;

/// A step for an axis that gives four to eight marks: 1, 2 or 5 times a power of ten.
double nice_step(double most) {
    const double rough = std::max(most, 1e-9) / 6;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough) return factor * power;
    }
    return 10 * power;
}

/// The frame of a chart: a plotting area with a title, marks and grid lines.
struct Frame {
    Canvas canvas;
    double left = 90, top = 84, right, bottom;
    double most_x = 1, most_y = 1;

    Frame(int width, int height, const std::string& title)
        : canvas(width, height), right(width - 40), bottom(height - 76) {
        canvas.text(left, 34, title, title_size, ink, Align::left, true);
    }
    [[nodiscard]] double x(double value) const { return left + (right - left) * value / most_x; }
    [[nodiscard]] double y(double value) const {
        return bottom - (bottom - top) * value / most_y;
    }
    void rule_y(double step, const std::string& unit) {
        for (double v = 0; v <= most_y * 1.0001; v += step) {
            canvas.line(left, y(v), right, y(v), v == 0 ? muted : faint, 1);
            canvas.text(left - 10, y(v), fmt::format("{:g}{}", v, unit), label_size, muted,
                        Align::right);
        }
    }
    void label_x(double at, const std::string& words) {
        canvas.text(at, bottom + 18, words, label_size, muted, Align::centre);
    }
    void name_x(const std::string& words) {
        canvas.text((left + right) / 2, bottom + 48, words, label_size, ink, Align::centre);
    }
};

}  // namespace

Result<void> chart_calls_by_hour(const Figures& figures, const Texts& texts,
                                 const std::string& path) {
    Frame frame{1200, 620, texts("report.by_hour")};
    long most = 1;
    for (const auto& row : figures.by_hour) {
        most = std::max(most, row[1] + row[2] + row[3] + row[4]);
    }
    const double step = std::max(1.0, nice_step(static_cast<double>(most)));
    frame.most_y = std::ceil(static_cast<double>(most) / step) * step;
    frame.most_x = 24;
    frame.rule_y(step, "");
    for (std::size_t h = 0; h < 24; ++h) {
        double from = 0;
        const double x = frame.x(static_cast<double>(h) + 0.12);
        const double wide = frame.x(0.76) - frame.x(0);
        for (std::size_t c = 1; c <= 4; ++c) {
            const double upto = from + static_cast<double>(figures.by_hour[h][c]);
            frame.canvas.fill(x, frame.y(upto), wide, frame.y(from) - frame.y(upto),
                              category_colour(c));
            from = upto;
        }
        frame.label_x(frame.x(static_cast<double>(h) + 0.5), fmt::format("{:02}", h));
    }
    frame.name_x(texts("report.hour"));
    double x = frame.left;
    for (std::size_t c = 1; c <= 4; ++c) {
        frame.canvas.fill(x, 56, 16, 16, category_colour(c));
        x += 24;
        const std::string words =
            fmt::format("{} · {}", texts.category(c, true), figures.category[c].calls);
        x += frame.canvas.text(x, 64, words, label_size, ink) + 28;
    }
    return frame.canvas.save(path);
}

Result<void> chart_arrival(const Tally& tally, const Figures& figures, const Texts& texts,
                           const std::string& path) {
    Frame frame{1200, 660, texts("report.arrival") + ": " + texts("report.share")};
    frame.most_x = 70;
    frame.most_y = 100;
    frame.rule_y(20, " %");
    for (int m = 0; m <= 70; m += 10) frame.label_x(frame.x(m), std::to_string(m));
    frame.name_x(texts("report.minutes"));
    double legend = frame.left;
    legend += frame.canvas.text(legend, 64, "p50 · p90 · " + texts("report.late") + ":",
                                label_size, muted) + 24;
    for (std::size_t c = 1; c <= 4; ++c) {
        std::vector<double> minutes;
        for (const CallResult& call : tally.calls) {
            if (static_cast<std::size_t>(call.category) == c && call.arrival_ms >= 0) {
                minutes.push_back(static_cast<double>(call.arrival_ms) / 60'000);
            }
        }
        if (minutes.empty()) continue;
        std::sort(minutes.begin(), minutes.end());
        const Colour colour = category_colour(c);
        const double target = triage::target_minutes(static_cast<Category>(c));
        frame.canvas.line(frame.x(target), frame.top, frame.x(target), frame.bottom, colour, 1.5,
                          true);
        frame.canvas.text(frame.x(target) + 5, frame.bottom - 20,
                          fmt::format("{}, {} {:g}", texts.category(c, true),
                                      texts("report.target"), target),
                          label_size, ink);
        frame.canvas.begin_path();
        frame.canvas.to(frame.x(0), frame.y(0));
        std::size_t served = 0;
        for (double m = 0; m <= frame.most_x; m += 0.25) {
            while (served < minutes.size() && minutes[served] <= m) ++served;
            frame.canvas.to(frame.x(m), frame.y(100.0 * static_cast<double>(served) /
                                                static_cast<double>(minutes.size())));
        }
        frame.canvas.stroke(colour, 3);
        frame.canvas.fill(legend, 56, 16, 16, colour);
        legend += 24;
        const TimeFigures& t = figures.category[c].arrival;
        legend += frame.canvas.text(
                      legend, 64,
                      fmt::format("{} · {:.1f} · {:.1f} · {:.1f} %", texts.category(c, true),
                                  t.p50_s / 60, t.p90_s / 60, t.late_share() * 100),
                      label_size, ink) + 24;
    }
    return frame.canvas.save(path);
}

Result<void> chart_hand_over(const Tally& tally, const Figures& figures, const Texts& texts,
                             const std::string& path) {
    Frame frame{1200, 600, texts("report.hand_over")};
    constexpr std::size_t bins = 20;  // half minutes; the last holds all that took longer
    std::array<long, bins + 1> count{};
    for (const CallResult& call : tally.calls) {
        if (call.hand_over_ms < 0) continue;
        ++count[std::min<std::size_t>(bins, static_cast<std::size_t>(call.hand_over_ms / 30'000))];
    }
    const long most = std::max(1L, *std::max_element(count.begin(), count.end()));
    const double step = std::max(1.0, nice_step(static_cast<double>(most)));
    frame.most_y = std::ceil(static_cast<double>(most) / step) * step;
    frame.most_x = bins + 1;
    frame.rule_y(step, "");
    for (std::size_t i = 0; i <= bins; ++i) {
        const auto at = static_cast<double>(i);
        const double high = static_cast<double>(count[i]);
        const bool late = i * 30'000 >= static_cast<std::size_t>(hand_over_limit_ms);
        frame.canvas.fill(frame.x(at + 0.08), frame.y(high), frame.x(0.84) - frame.x(0),
                          frame.bottom - frame.y(high), late ? category_colour(1) : bar);
        if (i % 2 == 0 && i < bins) frame.label_x(frame.x(at), fmt::format("{:g}", at / 2));
    }
    frame.canvas.text(frame.x(bins + 0.5), frame.bottom + 18, ">10", label_size, muted,
                      Align::centre);
    frame.canvas.line(frame.x(10), frame.top, frame.x(10), frame.bottom, ink, 1.5, true);
    frame.name_x(texts("report.minutes"));
    const TimeFigures& t = figures.category[0].hand_over;
    frame.canvas.text(frame.left, 64,
                      fmt::format("{} {:.1f} · p50 {:.1f} · p90 {:.1f} · {} {:.1f} %",
                                  texts("report.mean"), t.mean_s / 60, t.p50_s / 60, t.p90_s / 60,
                                  texts("report.late"), t.late_share() * 100),
                      label_size, ink);
    return frame.canvas.save(path);
}

Result<void> chart_brigades(const Figures& figures, const Texts& texts, const std::string& path) {
    constexpr std::size_t shown_max = 60;
    const std::size_t n = std::min(shown_max, figures.brigades.size());
    Frame frame{1200, 160 + 24 * static_cast<int>(std::max<std::size_t>(n, 4)),
                texts("report.brigades")};
    frame.left = 240;
    double most = 0.005;
    for (const BrigadeFigures& b : figures.brigades) most = std::max(most, b.busy_share);
    const double step = nice_step(most * 100);
    frame.most_x = std::ceil(most * 100 / step) * step;
    for (double v = 0; v <= frame.most_x * 1.0001; v += step) {
        frame.canvas.line(frame.x(v), frame.top, frame.x(v), frame.bottom, faint, 1);
        frame.label_x(frame.x(v), fmt::format("{:g} %", v));
    }
    for (std::size_t i = 0; i < n; ++i) {
        const BrigadeFigures& b = figures.brigades[i];
        const double y = frame.top + 24 * static_cast<double>(i) + 12;
        frame.canvas.text(frame.left - 10, y,
                          b.name + " · " + texts("report.kind." + std::string{name_of(b.kind)}),
                          label_size, ink, Align::right);
        const double busy = b.busy_share * 100;
        frame.canvas.fill(frame.left, y - 8, frame.x(busy) - frame.left, 16, bar_light);
        frame.canvas.fill(frame.left, y - 8, frame.x(busy * b.driving_share) - frame.left, 16,
                          bar);
        frame.canvas.text(frame.x(busy) + 8, y, std::to_string(b.calls), label_size, muted);
    }
    double x = frame.left;
    frame.canvas.fill(x, 56, 16, 16, bar_light);
    x += 24 + frame.canvas.text(x + 24, 64, texts("report.busy"), label_size, ink) + 28;
    frame.canvas.fill(x, 56, 16, 16, bar);
    x += 24 + frame.canvas.text(x + 24, 64, texts("report.driving"), label_size, ink) + 28;
    frame.canvas.text(x, 64, texts("report.count") + ": " + texts("report.calls"), label_size,
                      muted);
    return frame.canvas.save(path);
}

}  // namespace jedel::exercise
