// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/workload.h"

#include <cstdio>
#include <fstream>
#include <set>

#include "src/ledger/files.h"
#include "sync/trust/suite.h"

namespace hezhang::bench {
namespace {

constexpr int kSharedRows = 200;
constexpr int kOwnRows = (kRows - kSharedRows) / kUnits;
constexpr double kOwnShare = 0.8;
constexpr double kYearMs = 365 * 86'400e3;
constexpr std::uint32_t kSeed = 20'261'121;
constexpr std::size_t kCorpusBytesMax = 1024 * 1024;

// Text is cut by characters, all of the basic plane: one unit of UTF-16 each.
std::string utf8(const std::u16string& text) {
    std::string bytes;
    for (const char16_t c : text) {
        if (c < 0x80) {
            bytes += static_cast<char>(c);
        } else {
            bytes += static_cast<char>(0xE0 | (c >> 12));
            bytes += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
            bytes += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return bytes;
}

// REQUIRES: characters of three bytes, and line ends: these are left out.
std::u16string corpusIn(std::string_view bytes) {
    std::u16string text;
    for (std::size_t i = 0; i < bytes.size();) {
        if (bytes[i] == '\n') {
            ++i;
            continue;
        }
        const auto bits = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]) & 0x3FU; };
        text += static_cast<char16_t>((bits(i) & 0x0F) << 12 | bits(i + 1) << 6 | bits(i + 2));
        i += 3;
    }
    return text;
}

std::u16string digits(int number) {
    const std::string text = std::to_string(number);
    return {text.begin(), text.end()};
}

std::u16string twoDigits(int number) {
    return (number < 10 ? u"0" : u"") + digits(number);
}

class Generator {
public:
    explicit Generator(std::u16string corpus) : m_corpus(std::move(corpus)) {}

    // What it draws, it draws in this order: the ops hang on it.
    WorkOp op(int unit, int sequence, int count) {
        WorkOp op{unit, sequence, 0, 0, 0, {}};
        op.row = draw() < kOwnShare ? kSharedRows + (unit - 1) * kOwnRows + between(0, kOwnRows - 1)
                                    : between(0, kSharedRows - 1);
        op.field = field();
        op.value = utf8(value(op.field));
        op.at = static_cast<std::int64_t>((sequence - 1 + draw()) * kYearMs / count);
        return op;
    }

private:
    // mulberry32
    double draw() {
        m_state += 0x6D2B79F5U;
        std::uint32_t t = (m_state ^ (m_state >> 15)) * (1U | m_state);
        t = (t + (t ^ (t >> 7)) * (61U | t)) ^ t;
        return (t ^ (t >> 14)) / 4294967296.0;
    }
    int between(int least, int most) { return least + static_cast<int>(draw() * (most - least + 1)); }

    std::u16string piece() {
        const int length = between(2, 8);
        const int from = between(0, static_cast<int>(m_corpus.size()) - length - 1);
        return m_corpus.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length));
    }
    std::u16string number() {
        static constexpr std::u16string_view kCounted = u"件项户万个次";
        const std::u16string many = digits(between(1, 400));
        return many + kCounted[static_cast<std::size_t>(between(0, 5))];
    }
    std::u16string day() {
        const std::u16string month = digits(between(1, 12));
        return month + u"月" + digits(between(1, 28)) + u"日";
    }
    std::u16string sentence(int least, int most) {
        const auto length = static_cast<std::size_t>(between(least, most));
        std::u16string text;
        while (text.size() < length) {
            const double kind = draw();
            text += kind < 0.08 ? day() : kind < 0.16 ? number() : kind < 0.34 ? piece() + u"，" : piece();
        }
        return text.substr(0, length) + u"。";
    }

    int field() {
        static constexpr std::array kShares{0.03, 0.10, 0.13, 0.15, 0.30, 0.50, 0.90, 1.0};
        const double drawn = draw();
        int i = 0;
        while (drawn > kShares[static_cast<std::size_t>(i)]) {
            ++i;
        }
        return i;
    }
    std::u16string value(int field) {
        static constexpr std::array<std::u16string_view, 5> kStates{u"未启动", u"推进中", u"已完成", u"滞后",
                                                                    u"销号"};
        switch (field) {
        case 0:
            return sentence(16, 36);
        case 2:
            return unitName();
        case 3: {
            const std::u16string month = twoDigits(between(1, 12));
            return u"2026-" + month + u"-" + twoDigits(between(1, 28));
        }
        case 4:
            return std::u16string(kStates[static_cast<std::size_t>(between(0, 4))]);
        case 5:
            return digits(between(0, 100));
        case 7:
            return sentence(12, 40);
        default:
            return sentence(30, 60);
        }
    }
    std::u16string unitName() {
        static constexpr std::array<std::u16string_view, 5> kKinds{u"镇人民政府", u"街道办事处", u"局",
                                                                   u"乡人民政府", u"中心"};
        const auto from = static_cast<std::size_t>(between(0, static_cast<int>(m_corpus.size()) - 4));
        return m_corpus.substr(from, 2).append(kKinds[static_cast<std::size_t>(between(0, 4))]);
    }

    std::u16string m_corpus;
    std::uint32_t m_state = kSeed;
};

}  // namespace

Result<std::vector<WorkOp>> makeWorkload(const std::string& corpusFile, int ops) {
    HZ_TRY(const Bytes corpus, ledger::readFile(corpusFile, kCorpusBytesMax));
    Generator generator(corpusIn(textOf(corpus)));
    std::vector<WorkOp> made;
    made.reserve(static_cast<std::size_t>(ops));
    for (int unit = 1; unit <= kUnits; ++unit) {
        const int count = ops / kUnits + (unit <= ops % kUnits ? 1 : 0);
        for (int sequence = 1; sequence <= count; ++sequence) {
            made.push_back(generator.op(unit, sequence, count));
        }
    }
    return made;
}

Result<void> writeLines(const std::vector<WorkOp>& ops, const std::string& file) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    for (const WorkOp& op : ops) {
        out << "{\"unit\":" << op.unit << ",\"seq\":" << op.sequence << ",\"ts\":" << op.at
            << ",\"row\":" << op.row << ",\"field\":" << op.field << ",\"value\":\"" << op.value << "\"}\n";
    }
    out.close();
    return out ? Result<void>()
               : fail(ErrorCode::fileUnwritable, "the workload cannot be written to " + file);
}

CellTexts lastWritten(const std::vector<WorkOp>& ops) {
    std::map<Cell, const WorkOp*> last;
    for (const WorkOp& op : ops) {
        const WorkOp*& held = last[{op.row, op.field}];
        if (held == nullptr || std::pair(op.at, op.unit) > std::pair(held->at, held->unit)) {
            held = &op;
        }
    }
    CellTexts texts;
    for (const auto& [cell, op] : last) {
        texts[cell] = op->value;
    }
    return texts;
}

std::size_t conflictsIn(const std::vector<WorkOp>& ops) {
    std::map<Cell, std::map<int, std::string_view>> lastOf;
    for (const WorkOp& op : ops) {
        lastOf[{op.row, op.field}][op.unit] = op.value;
    }
    std::size_t count = 0;
    for (const auto& [cell, byUnit] : lastOf) {
        std::set<std::string_view> values;
        for (const auto& [unit, value] : byUnit) {
            values.insert(value);
        }
        count += values.size() > 1 ? 1 : 0;
    }
    return count;
}

std::string stateHash(const CellTexts& state) {
    std::string lines;
    for (const auto& [cell, text] : state) {
        lines += std::to_string(cell.row) + '\t' + std::to_string(cell.field) + '\t' + text + '\n';
    }
    return sync::suiteFor(sync::SuiteId::international)->hash({viewOf(lines)}).hex();
}

}  // namespace hezhang::bench
