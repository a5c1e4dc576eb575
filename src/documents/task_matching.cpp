// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/task_matching.h"

#include <algorithm>
#include <map>

#include "src/ledger/chinese_text.h"
#include "src/ledger/likeness.h"

namespace hezhang::documents {

namespace {

constexpr std::size_t kPairingsMax = 8;  // of one row: memory stays small whatever resembles what

using ledger::TextPairs;

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
        std::vector<TextPairs> known;
        std::vector<TextPairs> former;
        for (std::size_t i = 0; i < m_known.size(); ++i) {
            known.emplace_back(m_rowOf[i] ? std::string() : comparable(m_known[i].content));
            former.emplace_back(m_rowOf[i] ? std::string() : comparable(m_known[i].formerly));
        }
        std::vector<std::vector<Pairing>> all(m_rows.size());
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            const bool isOpen = m_matches[row].kind == MatchKind::none;
            const std::string words = isOpen ? comparable(m_rows[row].content) : std::string();
            const TextPairs pairs(words);
            for (std::size_t i = 0; i < known.size() && !words.empty(); ++i) {
                const double alike = std::max(pairs.likeness(known[i]), pairs.likeness(former[i]));
                if (alike >= ledger::kSimilarTask) {
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
            if (one.alike < ledger::kSameTask) {
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

std::string comparable(std::string_view text) {
    return ledger::toUtf8(ledger::withoutBlanks(ledger::toUtf16(text)));
}

std::vector<TaskMatch> matchTasks(const std::vector<TaskWords>& known, const std::vector<TaskWords>& rows,
                                  double clearly) {
    return TaskMatcher(known, rows).match(clearly);
}

}  // namespace hezhang::documents
