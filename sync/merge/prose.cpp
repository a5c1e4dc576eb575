// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/merge/prose.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>

namespace hezhang::sync {
namespace {

using Sentences = std::vector<std::string_view>;
using SentenceRun = std::span<const std::string_view>;

constexpr std::array<std::string_view, 5> kTerminators{"。", "！", "？", "；", "\n"};
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t terminatorSizeAt(std::string_view text, std::size_t at) {
    for (const auto terminator : kTerminators) {
        if (text.substr(at, terminator.size()) == terminator) {
            return terminator.size();
        }
    }
    return 0;
}

std::size_t terminatorSizeAtEnd(std::string_view text) {
    for (const auto terminator : kTerminators) {
        if (text.ends_with(terminator)) {
            return terminator.size();
        }
    }
    return 0;
}

bool isSameSentence(std::string_view a, std::string_view b) {
    if (a.size() == b.size()) {
        return a == b;
    }
    const auto& shorter = a.size() < b.size() ? a : b;
    const auto& longer = a.size() < b.size() ? b : a;
    return longer.starts_with(shorter) && terminatorSizeAtEnd(shorter) == 0 &&
           terminatorSizeAtEnd(longer) == longer.size() - shorter.size();
}

// For each base sentence the place of the same sentence in the side, or kNone.
class Alignment {
public:
    Alignment(SentenceRun base, SentenceRun side)
        : m_base(base), m_side(side), m_placeOf(base.size(), kNone) {
        std::size_t begin = 0;
        while (begin < std::min(base.size(), side.size()) && isSameSentence(base[begin], side[begin])) {
            m_placeOf[begin] = begin;
            ++begin;
        }
        std::size_t baseEnd = base.size();
        std::size_t sideEnd = side.size();
        // The common end is set aside only where it must be: it may take a sentence, mostly a newline, from
        // an earlier match that would have made the changes smaller.
        while (isTooLarge(baseEnd - begin, sideEnd - begin) && baseEnd > begin && sideEnd > begin &&
               isSameSentence(base[baseEnd - 1], side[sideEnd - 1])) {
            m_placeOf[--baseEnd] = --sideEnd;
        }
        if (!isTooLarge(baseEnd - begin, sideEnd - begin)) {
            alignMiddle(begin, baseEnd, sideEnd);
        }
    }

    [[nodiscard]] std::size_t placeOf(std::size_t sentence) const { return m_placeOf[sentence]; }

private:
    static bool isTooLarge(std::size_t rows, std::size_t columns) {
        return columns != 0 && rows > kSentencePairsMax / columns;
    }

    // Bytes, not sentences: a bare newline must not weigh as much as a line of text.
    [[nodiscard]] std::uint32_t gain(std::size_t i, std::size_t j) const {
        return isSameSentence(m_base[i], m_side[j])
                   ? static_cast<std::uint32_t>(std::min(m_base[i].size(), m_side[j].size()))
                   : 0;
    }

    void alignMiddle(std::size_t begin, std::size_t baseEnd, std::size_t sideEnd) {
        const std::size_t rows = baseEnd - begin;
        const std::size_t columns = sideEnd - begin;
        std::vector<std::uint32_t> best((rows + 1) * (columns + 1), 0);
        const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
            return best[(i - begin) * (columns + 1) + (j - begin)];
        };
        for (std::size_t i = baseEnd; i-- > begin;) {
            for (std::size_t j = sideEnd; j-- > begin;) {
                const auto same = gain(i, j);
                at(i, j) = std::max({at(i + 1, j), at(i, j + 1), same == 0 ? 0 : at(i + 1, j + 1) + same});
            }
        }
        std::size_t i = begin;
        std::size_t j = begin;
        while (i < baseEnd && j < sideEnd) {
            const auto same = gain(i, j);
            if (same != 0 && at(i, j) == at(i + 1, j + 1) + same) {
                m_placeOf[i++] = j++;
            } else if (at(i, j) == at(i + 1, j)) {
                ++i;
            } else {
                ++j;
            }
        }
    }

    SentenceRun m_base;
    SentenceRun m_side;
    std::vector<std::size_t> m_placeOf;
};

struct Change {
    std::size_t begin = 0;  // of the base
    std::size_t end = 0;
    Sentences text;  // what stands there now

    [[nodiscard]] bool isInsertion() const { return begin == end; }
    [[nodiscard]] bool isDeletion() const { return text.empty(); }
};

std::ptrdiff_t toSigned(std::size_t size) {
    return static_cast<std::ptrdiff_t>(size);
}

std::set<std::string_view> sentencesThereOnce(SentenceRun sentences) {
    std::set<std::string_view> once;
    std::set<std::string_view> more;
    for (const auto sentence : sentences) {
        if (!once.insert(sentence).second) {
            more.insert(sentence);
        }
    }
    std::erase_if(once, [&](std::string_view sentence) { return more.contains(sentence); });
    return once;
}

struct Side {
    SentenceRun sentences;
    std::set<std::string_view> thereOnce;
    Alignment alignment;
    std::vector<Change> changes;  // by begin; two of them never touch

    Side(SentenceRun base, SentenceRun side)
        : sentences(side), thereOnce(sentencesThereOnce(side)), alignment(base, side) {
        std::size_t baseDone = 0;
        std::size_t sideDone = 0;
        const auto closeAt = [&](std::size_t baseAt, std::size_t sideAt) {
            if (baseDone < baseAt || sideDone < sideAt) {
                changes.push_back(
                    {baseDone, baseAt, {side.begin() + toSigned(sideDone), side.begin() + toSigned(sideAt)}});
            }
            baseDone = baseAt + 1;
            sideDone = sideAt + 1;
        };
        for (std::size_t i = 0; i < base.size(); ++i) {
            if (alignment.placeOf(i) != kNone) {
                closeAt(i, alignment.placeOf(i));
            }
        }
        closeAt(base.size(), side.size());
    }

    [[nodiscard]] bool keeps(std::size_t at) const { return alignment.placeOf(at) != kNone; }
    [[nodiscard]] bool stillDrops(std::size_t at) const {
        return std::ranges::any_of(
            changes, [&](const Change& change) { return change.begin <= at && at < change.end; });
    }
    // Out of what this side put in.
    void takeOut(std::string_view sentence) {
        for (auto& change : changes) {
            std::erase(change.text, sentence);
        }
    }
};

bool isSameText(SentenceRun a, SentenceRun b) {
    return std::ranges::equal(a, b);
}

bool isInside(const Change& insertion, const Change& change) {
    return change.begin < insertion.begin && insertion.begin < change.end;
}

bool doOverlap(const Change& a, const Change& b) {
    if (a.isInsertion() || b.isInsertion()) {
        return (!b.isInsertion() && isInside(a, b)) || (!a.isInsertion() && isInside(b, a));
    }
    if (std::max(a.begin, b.begin) >= std::min(a.end, b.end) || (a.isDeletion() && b.isDeletion())) {
        return false;
    }
    return a.begin != b.begin || a.end != b.end || !isSameText(a.text, b.text);
}

bool beginsOrEndsWith(SentenceRun longer, SentenceRun shorter) {
    return shorter.size() <= longer.size() && (isSameText(longer.first(shorter.size()), shorter) ||
                                               isSameText(longer.last(shorter.size()), shorter));
}

class Composer {
public:
    void add(std::string_view sentence) {
        if (!m_text.empty() && terminatorSizeAtEnd(m_text) == 0 && sentence != "\n") {
            m_text.push_back('\n');
        }
        m_text.append(sentence);
    }
    void add(SentenceRun sentences) {
        for (const auto sentence : sentences) {
            add(sentence);
        }
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

class ThreeWay {
public:
    ThreeWay(std::string_view base, std::string_view ours, std::string_view theirs)
        : m_baseSentences(sentencesOf(base)),
          m_ourSentences(sentencesOf(ours)),
          m_theirSentences(sentencesOf(theirs)),
          m_ours(m_baseSentences, m_ourSentences),
          m_theirs(m_baseSentences, m_theirSentences) {}

    // Where the two overlap, ours stands.
    ProseMerge run() {
        dropOverlapping();
        settleMoves();
        auto our = m_ours.changes.begin();
        auto their = m_theirs.changes.begin();
        for (std::size_t at = 0; at <= m_baseSentences.size(); ++at) {
            const Change* ourChange = our != m_ours.changes.end() && our->begin == at ? &*our++ : nullptr;
            const Change* theirChange =
                their != m_theirs.changes.end() && their->begin == at ? &*their++ : nullptr;
            composeGap(ourChange, theirChange);
            for (const auto* change : {ourChange, theirChange}) {
                m_replacedTo = std::max(m_replacedTo, change == nullptr ? 0 : change->end);
            }
            if (at < m_baseSentences.size() && at >= m_replacedTo) {
                m_composer.add(keptSentence(at));
            }
        }
        return {m_composer.take(), m_overlap};
    }

private:
    void dropOverlapping() {
        m_overlap = std::erase_if(m_theirs.changes, [&](const Change& their) {
                        return std::ranges::any_of(m_ours.changes,
                                                   [&](const Change& our) { return doOverlap(our, their); });
                    }) != 0;
    }

    // A sentence that stands elsewhere than the base has it was put there by a person, or by the order in
    // which an earlier merge laid insertions down; to the comparison it is a deletion and an insertion. Who
    // deleted it has deleted it there too, and where both moved it, it stands once, where ours has it.
    void settleMoves() {
        const auto baseOnce = sentencesThereOnce(m_baseSentences);
        for (std::size_t at = 0; at < m_baseSentences.size(); ++at) {
            const auto sentence = m_baseSentences[at];
            const auto isMovedBy = [&](const Side& side) {
                return !side.keeps(at) && side.thereOnce.contains(sentence) && baseOnce.contains(sentence);
            };
            if (isMovedBy(m_theirs) && (!m_ours.keeps(at) || !m_theirs.stillDrops(at))) {
                m_theirs.takeOut(sentence);
            } else if (isMovedBy(m_ours) && m_theirs.stillDrops(at)) {
                m_ours.takeOut(sentence);
            }
        }
    }

    void composeGap(const Change* our, const Change* their) {
        if (our == nullptr || their == nullptr) {
            m_composer.add(our != nullptr ? our->text : their != nullptr ? their->text : SentenceRun{});
        } else if (our->isInsertion() && their->isInsertion()) {
            composeInsertions(our->text, their->text);
        } else if (our->isInsertion() || their->isInsertion()) {
            m_composer.add(our->isInsertion() ? our->text : their->text);
            m_composer.add(our->isInsertion() ? their->text : our->text);
        } else {
            m_composer.add(our->text);  // the same change twice, or two deletions
        }
    }

    void composeInsertions(SentenceRun our, SentenceRun their) {
        if (beginsOrEndsWith(our, their)) {
            m_composer.add(our);
        } else if (beginsOrEndsWith(their, our)) {
            m_composer.add(their);
        } else {
            m_composer.add(our);
            m_composer.add(their);
        }
    }

    // The kept sentence as the side that touched its end wrote it.
    std::string_view keptSentence(std::size_t at) {
        const auto base = m_baseSentences[at];
        const auto our = asWrittenBy(m_ours, at);
        const auto their = asWrittenBy(m_theirs, at);
        m_overlap = m_overlap || (our != base && their != base && our != their);
        return our == base ? their : our;
    }

    [[nodiscard]] std::string_view asWrittenBy(const Side& side, std::size_t at) const {
        const auto place = side.alignment.placeOf(at);
        return place == kNone ? m_baseSentences[at] : side.sentences[place];
    }

    Sentences m_baseSentences;
    Sentences m_ourSentences;
    Sentences m_theirSentences;
    Side m_ours;
    Side m_theirs;
    Composer m_composer;
    std::size_t m_replacedTo = 0;
    bool m_overlap = false;
};

std::optional<std::string> trivialMerge(std::string_view base, std::string_view ours,
                                        std::string_view theirs) {
    if (ours == theirs || theirs == base) {
        return std::string(ours);
    }
    if (ours == base) {
        return std::string(theirs);
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string_view> sentencesOf(std::string_view text) {
    std::vector<std::string_view> sentences;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto size = terminatorSizeAt(text, at);
        at += size == 0 ? 1 : size;
        if (size != 0) {
            sentences.push_back(text.substr(begin, at - begin));
            begin = at;
        }
    }
    if (begin < text.size()) {
        sentences.push_back(text.substr(begin));
    }
    return sentences;
}

ProseMerge mergeProse(std::string_view base, std::string_view ours, std::string_view theirs) {
    if (auto text = trivialMerge(base, ours, theirs)) {
        return {std::move(*text), false};
    }
    auto merge = ThreeWay(base, ours, theirs).run();
    if (merge.overlap) {
        merge.text = ours;
    }
    return merge;
}

std::string mergeProseOlderStanding(std::string_view base, std::string_view older, std::string_view newer) {
    if (auto text = trivialMerge(base, older, newer)) {
        return std::move(*text);
    }
    return ThreeWay(base, older, newer).run().text;
}

}  // namespace hezhang::sync
