// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/task_matching.h"

#include <algorithm>
#include <map>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

constexpr std::size_t kPairingsMax = 8;  // of one row: memory stays small whatever resembles what

// Pairs of neighbouring characters, sorted, each as often as it is there.
using Pairs = std::vector<std::uint32_t>;

Pairs pairsOf(std::string_view text) {
    const std::u16string characters = ledger::toUtf16(text);
    Pairs pairs;
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
        pairs.push_back(static_cast<std::uint32_t>(characters[i]) << 16 | characters[i + 1]);
    }
    std::ranges::sort(pairs);
    return pairs;
}

double likenessOf(const Pairs& a, const Pairs& b) {
    std::size_t shared = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (*i == *j) {
            ++shared;
            ++i;
            ++j;
        } else {
            ++(*i < *j ? i : j);
        }
    }
    return 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

struct Pairing {
    double alike = 0;
    std::size_t row = 0;
    std::size_t known = 0;
};

class TaskMatcher {
public:
    TaskMatcher(const std::vector<TaskWords>& known, const std::vector<TaskWords>& rows)
        : m_known(known), m_rows(rows), m_matches(rows.size()), m_rowOf(known.size()) {}

    std::vector<TaskMatch> match(double clearly) {
        matchEqual(clearly <= 0, &TaskWords::content);
        matchEqual(clearly <= 0, &TaskWords::formerly);
        matchAlike(clearly);
        return std::move(m_matches);
    }

private:
    struct Equals {
        std::vector<std::size_t> known;
        std::vector<std::size_t> rows;
    };

    void take(std::size_t row, std::size_t known, MatchKind kind) {
        m_matches[row] = {kind, known, 0};
        m_rowOf[known] = row;
    }

    // Of what is open yet.
    void matchEqual(bool isByOrder, std::string TaskWords::*which) {
        std::map<std::string, Equals> words;
        for (std::size_t i = 0; i < m_known.size(); ++i) {
            if (!m_rowOf[i] && !(m_known[i].*which).empty()) {
                words[comparable(m_known[i].*which)].known.push_back(i);
            }
        }
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            const bool isOpen = m_matches[i].kind == MatchKind::none;
            const auto equals = isOpen ? words.find(comparable(m_rows[i].content)) : words.end();
            if (equals != words.end()) {
                equals->second.rows.push_back(i);
            }
        }
        for (auto& [text, equals] : words) {
            matchAmong(equals, isByOrder);
        }
    }

    void matchAmong(Equals& equals, bool isByOrder) {
        if (equals.known.size() > 1) {
            takeByNumber(equals);
        }
        // One task is that of its first row; of several nobody can say which is which by a wrong count.
        const std::size_t count = equals.known.size();
        const bool isPlain = isByOrder || count == 1 || count == equals.rows.size();
        for (std::size_t i = 0; i < equals.rows.size() && count > 0; ++i) {
            const std::size_t row = equals.rows[i];
            if (!isPlain) {
                m_matches[row] = {MatchKind::several, equals.known.front(), 0};
            } else if (i < count) {
                take(row, equals.known[i], MatchKind::equal);
            } else {
                m_matches[row] = {MatchKind::taken, equals.known.back(), equals.rows[count - 1]};
            }
        }
    }

    void takeByNumber(Equals& equals) {
        std::erase_if(equals.rows, [&](std::size_t row) {
            const auto known = std::ranges::find_if(equals.known, [&](std::size_t one) {
                return !m_rows[row].number.empty() && m_known[one].number == m_rows[row].number;
            });
            if (known == equals.known.end()) {
                return false;
            }
            take(row, *known, MatchKind::equal);
            equals.known.erase(known);
            return true;
        });
    }

    // Of each row that is not matched the tasks that it resembles, the most alike first.
    [[nodiscard]] std::vector<std::vector<Pairing>> pairings() const {
        std::vector<Pairs> known(m_known.size());
        std::vector<Pairs> former(m_known.size());
        for (std::size_t i = 0; i < m_known.size(); ++i) {
            known[i] = m_rowOf[i] ? Pairs() : pairsOf(comparable(m_known[i].content));
            former[i] = m_rowOf[i] ? Pairs() : pairsOf(comparable(m_known[i].formerly));
        }
        std::vector<std::vector<Pairing>> all(m_rows.size());
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            const bool isOpen = m_matches[row].kind == MatchKind::none;
            const Pairs pairs = isOpen ? pairsOf(comparable(m_rows[row].content)) : Pairs();
            for (std::size_t i = 0; i < known.size() && !pairs.empty(); ++i) {
                const double alike = std::max(likenessOf(pairs, known[i]), likenessOf(pairs, former[i]));
                if (alike >= kPerhapsTask) {
                    all[row].push_back({alike, row, i});
                }
            }
            std::ranges::stable_sort(all[row], std::ranges::greater(), &Pairing::alike);
            all[row].resize(std::min(all[row].size(), kPairingsMax));
        }
        return all;
    }

    // The most alike first, so that no task is taken by a row that only resembles it.
    void matchAlike(double clearly) {
        const std::vector<std::vector<Pairing>> ofRow = pairings();
        std::vector<Pairing> all;
        for (const std::vector<Pairing>& some : ofRow) {
            all.insert(all.end(), some.begin(), some.end());
        }
        std::ranges::stable_sort(all, std::ranges::greater(), &Pairing::alike);
        for (const Pairing& one : all) {
            TaskMatch& match = m_matches[one.row];
            if (match.kind != MatchKind::none || m_rowOf[one.known]) {
                continue;
            }
            const bool isClear = std::ranges::none_of(ofRow[one.row], [&](const Pairing& other) {
                return other.known != one.known && !m_rowOf[other.known] && one.alike - other.alike < clearly;
            });
            if (one.alike < kSameTask) {
                match = {MatchKind::perhaps, one.known, 0};
            } else if (!isClear) {
                match = {MatchKind::several, one.known, 0};
            } else {
                take(one.row, one.known, MatchKind::alike);
            }
        }
    }

    const std::vector<TaskWords>& m_known;
    const std::vector<TaskWords>& m_rows;
    std::vector<TaskMatch> m_matches;
    std::vector<std::optional<std::size_t>> m_rowOf;  // by task
};

}  // namespace

double likeness(std::string_view a, std::string_view b) {
    const Pairs pairsA = pairsOf(a);
    const Pairs pairsB = pairsOf(b);
    return pairsA.empty() || pairsB.empty() ? (a == b ? 1 : 0) : likenessOf(pairsA, pairsB);
}

std::string comparable(std::string_view text) {
    return ledger::toUtf8(ledger::withoutBlanks(ledger::toUtf16(text)));
}

std::vector<TaskMatch> matchTasks(const std::vector<TaskWords>& known, const std::vector<TaskWords>& rows,
                                  double clearly) {
    return TaskMatcher(known, rows).match(clearly);
}

}  // namespace hezhang::documents
