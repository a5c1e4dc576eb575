// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/paper/box_letters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace hezhang::paper {

namespace {

// Prices, in squares of standard deviations.
constexpr double kLetterWithoutBox = 40;
constexpr double kBoxWithoutLetter = 50;
constexpr double kBlankInside = 1;
constexpr double kLatinSlack = 0.15;  // of its width: fonts differ
constexpr double kDoubt = 12;         // another way that costs less than this more is asked about
constexpr double kDear = 30;          // a box that costs this is asked about
constexpr double kBeam = 60;          // dearer ways are given up
constexpr std::size_t kStatesMax = 64;
constexpr double kSkippedPriceMax = 120;
constexpr double kPriceMax = 1e9;
constexpr std::ptrdiff_t kNotAsked = -2;
constexpr double kInkShare = 0.95;    // of an em: how high Chinese letters are
constexpr double kLatinShare = 0.78;  // capital letters and digits

enum class Gap : std::uint8_t { none, blank, newline };

// A letter that can be seen, in ems: how far it moves on, and what of that has no ink on either side.
struct Seen {
    qsizetype at = 0;  // among the letters of the page
    Gap before = Gap::none;
    double blank = 0;  // of the gap before
    double advance = 1;
    double left = 0.05;
    double right = 0.05;
    double spread = 0;  // how little is known of that
    bool isWide = true;
};

constexpr std::u32string_view kOpening = U"（《【「『〔〈“‘";
constexpr std::u32string_view kClosing = U"）》】」』〕〉”’，。、；：！？";
constexpr std::u32string_view kThin = U"iljtfr.,:;'!|()[]I";
constexpr std::u32string_view kThick = U"mwMW%@ ";

bool isOneOf(std::u32string_view letters, char32_t letter) {
    return letters.find(letter) != std::u32string_view::npos;
}

Seen seen(char32_t letter) {
    if (isOneOf(kOpening, letter)) {
        return {.left = 0.5, .spread = 0.25};
    }
    if (isOneOf(kClosing, letter)) {
        return {.right = 0.5, .spread = 0.25};
    }
    if (letter >= 0x2E80) {
        return {};
    }
    const double advance = isOneOf(kThin, letter) ? 0.3 : isOneOf(kThick, letter) ? 0.85 : 0.54;
    return {.advance = advance,
            .left = 0.04,
            .right = 0.04,
            .spread = letter < 0x250 ? 0.07 : 0.3,
            .isWide = false};
}

std::vector<Seen> seenOf(const Letters& letters) {
    std::vector<Seen> all;
    Gap gap = Gap::newline;
    double blank = 0;
    for (qsizetype i = 0; i < letters.size(); ++i) {
        if (isBlank(letters[i])) {
            gap = isNewline(letters[i]) ? Gap::newline : std::max(gap, Gap::blank);
            blank += letters[i] == 0x3000 ? 1 : 0.3;
            continue;
        }
        Seen one = seen(letters[i]);
        one.at = i;
        one.before = gap;
        one.blank = blank;
        all.push_back(one);
        gap = Gap::none;
        blank = 0;
    }
    return all;
}

double square(double x) {
    return x * x;
}

// A way so far: the boxes before share the letters before `letter`.
struct State {
    std::size_t letter = 0;
    double price = 0;
    std::size_t before = 0;   // the state it came from
    std::size_t skipped = 0;  // letters without a box, before its own
};

using States = std::vector<State>;

class Sharing {
public:
    Sharing(const Letters& letters, const Boxes& boxes, const KnownLetters& known)
        : m_letters(seenOf(letters)), m_boxes(boxes) {
        m_known.assign(m_letters.size(), kNotAsked);
        for (std::size_t i = 0; i < m_letters.size(); ++i) {
            if (const auto box = known.find(m_letters[i].at); box != known.end()) {
                m_known[i] = box->second;
            }
        }
        m_em = letterHeight(boxes) / kInkShare;
    }

    SharedLetters share() {
        forwards();
        std::size_t at = 0;
        if (!cheapestEnd(at)) {
            return {};
        }
        return {rangesFrom(at), doubtsOf(at)};
    }

private:
    void forwards() {
        m_states.assign(m_boxes.size() + 1, {});
        m_states[0].push_back({});
        for (std::size_t box = 0; box < m_boxes.size(); ++box) {
            States next;
            for (std::size_t from = 0; from < m_states[box].size(); ++from) {
                const State& state = m_states[box][from];
                eachStep(box, state.letter, [&](std::size_t to, double price, std::size_t skipped) {
                    keep(next, {to, state.price + price, from, skipped});
                });
            }
            m_states[box + 1] = cheapest(std::move(next));
        }
    }

    static void keep(States& states, const State& state) {
        const auto same = std::find_if(states.begin(), states.end(),
                                       [&](const State& other) { return other.letter == state.letter; });
        if (same == states.end()) {
            states.push_back(state);
        } else if (state.price < same->price) {
            *same = state;
        }
    }

    static States cheapest(States states) {
        std::sort(states.begin(), states.end(),
                  [](const State& a, const State& b) { return a.price < b.price; });
        const auto dear = std::find_if(states.begin(), states.end(), [&](const State& state) {
            return state.price > states.front().price + kBeam;
        });
        states.erase(dear, states.end());
        states.resize(std::min(states.size(), kStatesMax));
        return states;
    }

    // Every way to go on with `box` from `letter`: take(the letter after, the price, letters skipped).
    template <class Take>
    void eachStep(std::size_t box, std::size_t letter, Take take) const {
        take(letter, kBoxWithoutLetter, 0);
        double start = 0;
        for (std::size_t first = letter; first < m_letters.size() && start <= kSkippedPriceMax; ++first) {
            if (first > letter) {
                if (m_known[first - 1] >= 0) {
                    return;
                }
                start += m_known[first - 1] == kNoBox ? 0 : kLetterWithoutBox;
            }
            const double border = borderPrice(box, first);
            Width width{m_boxes[box], m_em};
            for (std::size_t last = first; last < m_letters.size(); ++last) {
                const Seen& one = m_letters[last];
                const bool isElsewhere =
                    m_known[last] != kNotAsked && m_known[last] != static_cast<std::ptrdiff_t>(box);
                if (isElsewhere || (last > first && one.before == Gap::newline)) {
                    break;
                }
                width.add(one);
                if (width.isTooWide()) {
                    break;
                }
                const bool isBlankAfter =
                    last + 1 < m_letters.size() && m_letters[last + 1].before == Gap::blank;
                take(last + 1, start + border + width.price(isBlankAfter ? m_letters[last + 1].blank : 0),
                     first - letter);
            }
        }
    }

    // How well some letters fill a box.
    class Width {
    public:
        Width(const QRectF& box, double em) : m_box(box), m_pageEm(em) {}

        void add(const Seen& letter) {
            m_advance += letter.advance + (m_count == 0 ? 0 : letter.blank);
            if (m_count == 0) {
                m_left = letter.left;
                m_blankBefore = letter.before == Gap::blank ? letter.blank : 0;
            }
            m_right = letter.right;
            m_variance += square(letter.spread);
            m_latin += letter.isWide ? 0 : letter.advance + letter.blank;
            m_hasWide = m_hasWide || letter.isWide;
            ++m_count;
        }
        [[nodiscard]] bool isTooWide() const {
            return m_count > 1 && (m_advance - m_left - m_right) * em() * 0.6 > m_box.width() + 2 * em();
        }
        // A blank before or after may have a part in the box.
        [[nodiscard]] double price(double blankAfter) const {
            double best = price(0, 0);
            if (m_blankBefore > 0) {
                best = std::min(best, kBlankInside + price(m_blankBefore + m_left, 0.1));
            }
            if (blankAfter > 0) {
                best = std::min(best, kBlankInside + price(blankAfter + m_right, 0.1));
            }
            if (m_blankBefore > 0 && blankAfter > 0) {
                best = std::min(best,
                                2 * kBlankInside + price(m_blankBefore + m_left + blankAfter + m_right, 0.2));
            }
            return best;
        }

    private:
        [[nodiscard]] double price(double blanks, double blankSpread) const {
            const double expected = (m_advance - m_left - m_right + blanks) * em();
            const double spread = em() * std::sqrt(square(0.12) + m_variance + square(0.02 * m_count) +
                                                   square(kLatinSlack * m_latin) + square(blankSpread));
            const double off = std::abs(m_box.width() - expected) / spread;
            return off < 6 ? square(off) : 36 + 4 * (off - 6);
        }

        // The page's, but where the box is of another size.
        [[nodiscard]] double em() const {
            const double own = m_box.height() / (m_hasWide ? kInkShare : kLatinShare);
            return own < 1.13 * m_pageEm && own > (m_hasWide && m_count > 2 ? 0.87 : 0.6) * m_pageEm
                       ? m_pageEm
                   : own < 0.35 * m_pageEm ? m_pageEm
                                           : own;
        }

        QRectF m_box;
        double m_pageEm;
        double m_advance = 0;
        double m_left = 0;
        double m_right = 0;
        double m_blankBefore = 0;
        double m_variance = 0;
        double m_latin = 0;
        bool m_hasWide = false;
        int m_count = 0;
    };

    // How well the gap before a letter fits to where the box stands beside the one before.
    [[nodiscard]] double borderPrice(std::size_t box, std::size_t letter) const {
        if (box == 0) {
            return 0;
        }
        const Gap gap = m_letters[letter].before;
        const QRectF& before = m_boxes[box - 1];
        const QRectF& after = m_boxes[box];
        const double apart = after.left() - before.right();
        if (std::abs(before.center().y() - after.center().y()) > 0.6 * m_em || apart < -m_em / 2) {
            return gap == Gap::newline ? 0 : gap == Gap::blank ? 4 : 8;
        }
        if (apart > 1.5 * m_em) {
            return gap == Gap::none ? 4 : 0;
        }
        return gap == Gap::newline ? 4 : gap == Gap::blank && apart < 0.3 * m_em ? 1 : 0;
    }

    bool cheapestEnd(std::size_t& at) const {
        double best = kPriceMax;
        for (std::size_t i = 0; i < m_states.back().size(); ++i) {
            const double price = endPrice(m_states.back()[i]);
            if (price < best) {
                best = price;
                at = i;
            }
        }
        return best < kPriceMax;
    }

    [[nodiscard]] double endPrice(const State& state) const {
        return state.price + static_cast<double>(m_letters.size() - state.letter) * kLetterWithoutBox;
    }

    std::vector<LetterRange> rangesFrom(std::size_t at) {
        std::vector<LetterRange> ranges(m_boxes.size());
        m_chosen.assign(m_boxes.size() + 1, 0);
        for (std::size_t box = m_boxes.size(); box > 0; --box) {
            const State& state = m_states[box][at];
            const std::size_t first = m_states[box - 1][state.before].letter + state.skipped;
            m_chosen[box] = at;
            if (state.letter > first) {
                ranges[box - 1] = {m_letters[first].at, m_letters[state.letter - 1].at + 1};
            }
            at = state.before;
        }
        return ranges;
    }

    // What each state costs from there to the end, and so what the cheapest way through another border costs.
    std::vector<std::size_t> doubtsOf(std::size_t end) const {
        const double best = endPrice(m_states.back()[end]);
        std::vector<std::size_t> doubts = dearBoxes();
        std::vector<double> rest;
        for (const State& state : m_states.back()) {
            rest.push_back(endPrice(state) - state.price);
        }
        for (std::size_t box = m_boxes.size(); box > 1; --box) {
            rest = restBefore(box - 1, rest);
            double other = kPriceMax;
            for (std::size_t i = 0; i < rest.size(); ++i) {
                if (i != m_chosen[box - 1]) {
                    other = std::min(other, m_states[box - 1][i].price + rest[i]);
                }
            }
            if (other < best + kDoubt) {
                doubts.push_back(box - 1);
            }
        }
        std::sort(doubts.begin(), doubts.end());
        doubts.erase(std::unique(doubts.begin(), doubts.end()), doubts.end());
        return doubts;
    }

    // Boxes, and what begins after them, that their letters hardly fit.
    [[nodiscard]] std::vector<std::size_t> dearBoxes() const {
        std::vector<std::size_t> dear;
        for (std::size_t box = 0; box < m_boxes.size(); ++box) {
            const State& after = m_states[box + 1][m_chosen[box + 1]];
            if (after.price - m_states[box][m_chosen[box]].price > kDear) {
                dear.push_back(box);
                if (box + 1 < m_boxes.size()) {
                    dear.push_back(box + 1);
                }
            }
        }
        return dear;
    }

    [[nodiscard]] std::vector<double> restBefore(std::size_t box, const std::vector<double>& after) const {
        std::map<std::size_t, double> priceAfter;
        for (std::size_t i = 0; i < after.size(); ++i) {
            priceAfter.emplace(m_states[box + 1][i].letter, after[i]);
        }
        std::vector<double> rest;
        for (const State& state : m_states[box]) {
            double best = kPriceMax;
            eachStep(box, state.letter, [&](std::size_t to, double price, std::size_t) {
                if (const auto next = priceAfter.find(to); next != priceAfter.end()) {
                    best = std::min(best, price + next->second);
                }
            });
            rest.push_back(best);
        }
        return rest;
    }

    std::vector<Seen> m_letters;
    const Boxes& m_boxes;
    std::vector<std::ptrdiff_t> m_known;
    double m_em = 10;
    std::vector<States> m_states;  // before each box, and at the end
    std::vector<std::size_t> m_chosen;
};

}  // namespace

bool isNewline(char32_t letter) {
    return letter == U'\n' || letter == U'\r';
}

bool isBlank(char32_t letter) {
    return letter <= U' ' || letter == 0xA0 || letter == 0x3000;
}

double letterHeight(const Boxes& boxes) {
    std::vector<double> heights;
    for (const QRectF& box : boxes) {
        heights.push_back(box.height());
    }
    const auto most = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 3 / 4);
    std::nth_element(heights.begin(), most, heights.end());
    return most == heights.end() ? 10 : std::clamp(*most, 4.0, 60.0);
}

SharedLetters shareLetters(const Letters& letters, const Boxes& boxes, const KnownLetters& known) {
    return Sharing(letters, boxes, known).share();
}

}  // namespace hezhang::paper
