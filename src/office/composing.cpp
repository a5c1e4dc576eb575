// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/composing.h"

#include <algorithm>
#include <array>
#include <map>

#include "src/ledger/chinese_text.h"

namespace hezhang::office {

namespace {

// What ends a sentence, as sync/merge/prose.h has it; the newline last.
constexpr std::array<std::string_view, 5> kTerminators{"。", "！", "？", "；", "\n"};

std::string_view terminatorOf(std::string_view sentence) {
    const auto* found =
        std::ranges::find_if(kTerminators, [&](std::string_view one) { return sentence.ends_with(one); });
    return found == kTerminators.end() ? std::string_view() : *found;
}

std::u16string wordsOf(std::string_view sentence) {
    const std::u16string words =
        ledger::toUtf16(sentence.substr(0, sentence.size() - terminatorOf(sentence).size()));
    return std::u16string(ledger::trim(words));
}

// What makes two sentences the same one.
std::u16string keyOf(std::string_view sentence) {
    return ledger::withoutBlanks(wordsOf(sentence));
}

// After these a full stop may stand; after a colon or a comma the next line goes on.
bool endsAWord(const std::u16string& words) {
    static constexpr std::u16string_view kClosing = u"）)]】》〉」』%％℃”’";
    const char16_t last = words.back();
    const bool isLetter = (last >= u'a' && last <= u'z') || (last >= u'A' && last <= u'Z');
    const bool isClosing = words.size() > 1 && kClosing.find(last) != std::u16string_view::npos;
    return ledger::isHan(last) || ledger::isDigit(last) || isLetter || isClosing;
}

// As it stands in a paragraph; empty where it has no words.
std::string tidied(std::string_view sentence) {
    const std::u16string words = wordsOf(sentence);
    if (words.empty()) {
        return {};
    }
    std::string_view terminator = terminatorOf(sentence);
    if (terminator.empty() || terminator == "\n") {
        terminator = endsAWord(words) ? "。" : "\n";
    }
    return ledger::toUtf8(words) + std::string(terminator);
}

std::string digitsOf(const sync::Suite& suite, std::string_view sentence) {
    return suite.hash({viewOf(sentence)}).hex().substr(0, kBaseDigits);
}

// Counts how often each key has come.
class Occurrences {
public:
    // 0 for the first one.
    std::size_t next(const std::u16string& key) { return m_counts[key]++; }

private:
    std::map<std::u16string, std::size_t> m_counts;
};

using SentencePlaces = std::map<std::pair<std::u16string, std::size_t>, std::size_t>;

}  // namespace

std::vector<ParagraphSentence> compose(std::span<const UnitText> texts) {
    std::vector<ParagraphSentence> sentences;
    SentencePlaces places;
    for (const UnitText& text : texts) {
        Occurrences own;
        for (const std::string_view raw : sync::sentencesOf(text.text)) {
            std::string sentence = tidied(raw);
            if (sentence.empty()) {
                continue;
            }
            std::u16string key = keyOf(sentence);
            const std::size_t count = own.next(key);
            const auto [place, isNew] = places.try_emplace({std::move(key), count}, sentences.size());
            if (isNew) {
                sentences.push_back({std::move(sentence), {}});
            }
            sentences[place->second].sources.push_back(text.source);
        }
    }
    return sentences;
}

std::string textOf(std::span<const ParagraphSentence> sentences) {
    std::string text;
    for (const ParagraphSentence& sentence : sentences) {
        text += sentence.text;
    }
    return text;
}

std::vector<ParagraphSentence> withSources(std::string_view text,
                                           std::span<const ParagraphSentence> composed) {
    SentencePlaces places;
    Occurrences known;
    for (std::size_t i = 0; i < composed.size(); ++i) {
        std::u16string key = keyOf(composed[i].text);
        const std::size_t count = known.next(key);
        places.emplace(std::pair(std::move(key), count), i);
    }
    std::vector<ParagraphSentence> sentences;
    Occurrences own;
    for (const std::string_view sentence : sync::sentencesOf(text)) {
        std::u16string key = keyOf(sentence);
        const std::size_t count = own.next(key);
        const auto place = places.find({std::move(key), count});
        sentences.push_back({std::string(sentence), {}});
        if (place != places.end()) {
            sentences.back().sources = composed[place->second].sources;
        }
    }
    return sentences;
}

std::string markOf(const sync::Suite& suite, std::string_view text) {
    return digitsOf(suite, text);
}

std::string baseOf(const sync::Suite& suite, std::string_view composed) {
    std::string base;
    for (const std::string_view sentence : sync::sentencesOf(composed)) {
        base += digitsOf(suite, sentence);
    }
    return base;
}

bool isBase(std::string_view text) {
    return text.size() % kBaseDigits == 0 &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

namespace {

// The text a base stood for, as far as it matters: a sentence that neither side has any more may be any
// other.
std::string textOfBase(const std::string& base, const std::map<std::string, std::string>& sentences) {
    std::string text;
    for (std::size_t at = 0; at + kBaseDigits <= base.size(); at += kBaseDigits) {
        const std::string digits = base.substr(at, kBaseDigits);
        const auto known = sentences.find(digits);
        text += known == sentences.end() ? digits + "。" : known->second;
    }
    return text;
}

std::map<std::string, std::string> sentencesByDigits(const sync::Suite& suite,
                                                     std::initializer_list<std::string_view> texts) {
    std::map<std::string, std::string> sentences;
    for (const std::string_view text : texts) {
        for (const std::string_view sentence : sync::sentencesOf(text)) {
            if (!terminatorOf(sentence).empty()) {
                sentences.emplace(digitsOf(suite, sentence), sentence);
                continue;
            }
            // A last sentence is the same one with and without its terminator.
            for (const std::string_view terminator : kTerminators) {
                std::string whole = std::string(sentence) + std::string(terminator);
                sentences.emplace(digitsOf(suite, whole), whole);
            }
        }
    }
    return sentences;
}

}  // namespace

sync::ProseMerge mergeParagraph(const sync::Suite& suite, std::span<const EditedText> edits,
                                std::string_view composed) {
    sync::ProseMerge result{std::string(composed), false};
    bool isFirst = true;
    for (const EditedText& edit : edits) {
        const std::string base = textOfBase(edit.base, sentencesByDigits(suite, {edit.text, result.text}));
        sync::ProseMerge step = sync::mergeProse(base, edit.text, result.text);
        if (isFirst || !step.overlap) {
            result.text = std::move(step.text);
        }
        result.overlap = result.overlap || step.overlap;
        isFirst = false;
    }
    return result;
}

}  // namespace hezhang::office
