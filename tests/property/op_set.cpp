// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/property/op_set.h"

#include <algorithm>
#include <bit>

#include "sync/merge/prose.h"

namespace hezhang::test {
namespace {

using sync::OpKind;
using sync::Value;

template <class Visit>
void eachIn(OpMask mask, const Visit& visit) {
    for (; mask != 0; mask &= mask - 1) {
        visit(static_cast<std::size_t>(std::countr_zero(mask)));
    }
}

// -- drawing

class Drawing {
public:
    explicit Drawing(std::uint64_t seed) : m_random(seed) {}

    OpSet draw() {
        const std::size_t count = 3 + below(kOpsMax - 2);
        const bool isOneRecord = below(4) != 0;
        while (m_set.ops.size() < count) {
            write(isOneRecord ? 0 : below(kRecords));
        }
        for (std::size_t log = 0; log < kLogs; ++log) {
            m_set.logs[log] = order(events(false, false), {});
            m_set.deliveries[log][0] = m_set.logs[log];
            m_set.deliveries[log][1] = order(events(false, false), m_set.logs[log]);
            m_set.deliveries[log][2] = order(events(true, true), m_set.logs[log]);
        }
        return std::move(m_set);
    }

private:
    std::size_t below(std::size_t bound) { return m_random.below(bound); }

    // What the form of somebody shows: he may have opened it before he wrote his last, or before he synced.
    OpMask screenOf(std::size_t author) {
        if (below(3) == 0) {
            m_known[author] |= m_known[below(kAuthors)];
        }
        const OpMask screen = below(4) == 0 ? m_knownBefore[author] : m_known[author];
        m_knownBefore[author] = m_known[author];
        return screen;
    }

    OpMask inCell(OpMask mask, std::size_t record, Cell cell) {
        OpMask found = 0;
        eachIn(mask, [&](std::size_t i) {
            const WrittenOp& op = m_set.ops[i];
            found |= op.record == record && op.cell == cell ? maskOf(i) : 0;
        });
        return found;
    }
    OpMask ofRecord(OpMask mask, std::size_t record) {
        OpMask found = 0;
        eachIn(mask, [&](std::size_t i) { found |= m_set.ops[i].record == record ? maskOf(i) : 0; });
        return found;
    }
    std::size_t oneOf(OpMask mask) {
        for (std::size_t skip = below(static_cast<std::size_t>(std::popcount(mask))); skip > 0; --skip) {
            mask &= mask - 1;
        }
        return static_cast<std::size_t>(std::countr_zero(mask));
    }

    std::string sentence() { return std::string(1, static_cast<char>('a' + below(6))) + "。"; }

    Value nextText(OpMask shown) {
        const auto before = shown == 0 ? std::string() : std::string(*m_set.ops[oneOf(shown)].value.asText());
        std::vector<std::string> sentences;
        for (const std::string_view part : sync::sentencesOf(before)) {
            sentences.emplace_back(part);
        }
        const std::size_t at = below(sentences.size() + 1);
        const std::size_t kind = below(3);
        if (kind != 0 && at < sentences.size()) {
            sentences.erase(sentences.begin() + static_cast<std::ptrdiff_t>(at));
        }
        if (kind != 1 || sentences.empty()) {
            sentences.insert(sentences.begin() + static_cast<std::ptrdiff_t>(std::min(at, sentences.size())),
                             sentence());
        }
        std::string text;
        for (const std::string& one : sentences) {
            text += one;
        }
        return Value::text(text);
    }

    void fill(WrittenOp& op, OpMask live) {
        const OpMask shown = inCell(live, op.record, op.cell);
        switch (op.cell) {
        case Cell::text:
        case Cell::status:
        case Cell::rank:
            // All that is shown, one value of a conflict, or nothing: a form that was new.
            op.seen = below(8) == 0 ? 0 : shown != 0 && below(4) == 0 ? maskOf(oneOf(shown)) : shown;
            op.value = op.cell == Cell::text ? nextText(op.seen)
                                             : Value::text(std::string(1, static_cast<char>('x' + below(3))));
            break;
        case Cell::tags:
            op.value = Value::text(std::string(1, static_cast<char>('p' + below(3))));
            op.kind = below(3) == 0 ? OpKind::remove : OpKind::add;
            if (op.kind == OpKind::remove) {
                eachIn(shown,
                       [&](std::size_t i) { op.seen |= m_set.ops[i].value == op.value ? maskOf(i) : 0; });
            }
            break;
        case Cell::count:
            op.kind = OpKind::increment;
            op.value = Value::integer(static_cast<std::int64_t>(below(5)) - 2);
            break;
        case Cell::deleted: {
            const bool isTrue = below(3) != 0;
            op.value = Value::boolean(isTrue);
            op.seen = isTrue ? ofRecord(live, op.record) : shown;
            break;
        }
        }
    }

    void write(std::size_t record) {
        constexpr std::array kCells{Cell::text,  Cell::text,  Cell::text,    Cell::status, Cell::status,
                                    Cell::rank,  Cell::rank,  Cell::tags,    Cell::tags,   Cell::tags,
                                    Cell::count, Cell::count, Cell::deleted, Cell::deleted};
        WrittenOp op;
        op.author = static_cast<std::uint8_t>(below(kAuthors));
        op.record = static_cast<std::uint8_t>(record);
        op.cell = kCells[below(kCells.size())];
        op.rank = static_cast<sync::Rank>(1 + below(2) + (op.author == 0 ? 1 : 0));
        op.isAside = below(8) == 0;
        op.isAdmitted = op.isAside && below(2) == 0;
        // His own work stays on his screen till the county has answered, whatever it says then.
        const OpMask live =
            liveAmong(m_set, m_aside, screenOf(op.author), below(3) != 0 ? m_own[op.author] : 0);
        const Deletion deletion = deletionOf(m_set, m_aside, live, record);
        const bool isGone = deletion.deletes != 0 && deletion.unnamed == 0;
        fill(op, isGone && op.cell != Cell::deleted ? 0 : live);
        op.seen |= isGone && op.cell != Cell::deleted ? deletion.deletes : 0;
        for (OpMask& mask : m_aside) {
            mask |= op.isApplied() ? 0 : maskOf(m_set.ops.size());
        }
        m_pasts[m_set.ops.size()] = op.seen;
        eachIn(op.seen, [&](std::size_t seen) { m_pasts[m_set.ops.size()] |= m_pasts[seen]; });
        m_known[op.author] |= maskOf(m_set.ops.size());
        m_own[op.author] |= maskOf(m_set.ops.size());
        m_set.ops.push_back(std::move(op));
    }

    // -- orders

    std::vector<Event> events(bool isWithOwn, bool isWithRepeats) {
        std::vector<Event> all;
        const std::size_t owner = below(kAuthors);
        for (std::size_t i = 0; i < m_set.ops.size(); ++i) {
            const auto op = static_cast<std::uint8_t>(i);
            if (isWithOwn && m_set.ops[i].author == owner) {
                all.push_back({Event::Kind::write, op});
            }
            all.push_back({Event::Kind::enter, op});
            if (m_set.ops[i].isAdmitted) {
                all.push_back({Event::Kind::admit, op});
            }
            if (isWithRepeats && below(4) == 0) {
                all.push_back({Event::Kind::repeat, op});
            }
        }
        return all;
    }

    // What an event has to stand behind.
    bool isReady(const Event& event, OpMask written, OpMask entered, bool isOwn) {
        const OpMask self = maskOf(event.op);
        const WrittenOp& op = m_set.ops[event.op];
        OpMask needed = op.seen;
        for (std::size_t i = 0; i < event.op; ++i) {
            needed |= m_set.ops[i].author == op.author ? maskOf(i) : 0;
        }
        switch (event.kind) {
        case Event::Kind::write:
            return (needed & ~(written | entered)) == 0;
        case Event::Kind::enter:
            return (needed & ~entered) == 0 && (!isOwn || (written & self) != 0);
        case Event::Kind::admit:
        case Event::Kind::repeat:
            return (entered & self) != 0;
        }
        return false;
    }

    [[nodiscard]] bool isAdmission(const Event& event) const { return event.kind == Event::Kind::admit; }
    [[nodiscard]] bool isApplication(const Event& event) const {
        return isAdmission(event) || (event.kind == Event::Kind::enter && !m_set.ops[event.op].isAside);
    }
    // Whether `later` has to wait for `earlier` because the log has them so.
    [[nodiscard]] bool isBound(const Event& earlier, const Event& later) const {
        const bool isNaming =
            isApplication(earlier) && isAdmission(later) && (m_pasts[earlier.op] & maskOf(later.op)) != 0;
        const bool isNamed =
            isAdmission(earlier) && isApplication(later) && (m_pasts[later.op] & maskOf(earlier.op)) != 0;
        return isNaming || isNamed;
    }
    [[nodiscard]] bool isNextOf(const Event& event, const std::vector<Event>& open,
                                const std::vector<Event>& log) const {
        const auto isSame = [](const Event& a) {
            return [a](const Event& b) { return a.kind == b.kind && a.op == b.op; };
        };
        const auto here = std::find_if(log.begin(), log.end(), isSame(event));
        return here == log.end() || std::none_of(log.begin(), here, [&](const Event& earlier) {
                   return isBound(earlier, event) && std::any_of(open.begin(), open.end(), isSame(earlier));
               });
    }

    std::vector<Event> order(std::vector<Event> open, const std::vector<Event>& log) {
        OpMask own = 0;
        for (const Event& event : open) {
            own |= event.kind == Event::Kind::write ? maskOf(event.op) : 0;
        }
        std::vector<Event> ordered;
        OpMask written = 0;
        OpMask entered = 0;
        while (!open.empty()) {
            std::vector<std::size_t> ready;
            for (std::size_t i = 0; i < open.size(); ++i) {
                if (isReady(open[i], written, entered, (own & maskOf(open[i].op)) != 0) &&
                    isNextOf(open[i], open, log)) {
                    ready.push_back(i);
                }
            }
            const std::size_t at = ready[below(ready.size())];
            const Event next = open[at];
            written |= next.kind == Event::Kind::write ? maskOf(next.op) : 0;
            entered |= next.kind == Event::Kind::enter ? maskOf(next.op) : 0;
            ordered.push_back(next);
            open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
        }
        return ordered;
    }

    SeededRandom m_random;
    OpSet m_set;
    AsideThen m_aside{};                    // for good
    std::array<OpMask, kOpsMax> m_pasts{};  // what is in the context of each, and in those of what it named
    std::array<OpMask, kAuthors> m_known{};
    std::array<OpMask, kAuthors> m_knownBefore{};
    std::array<OpMask, kAuthors> m_own{};
};

// What is seen through ops that are looked through; `throughDelete`: a delete in between named it.
struct Seen {
    OpMask all = 0;
    OpMask throughDelete = 0;
};

Seen seenOf(const OpSet& set, const AsideThen& aside, std::size_t op) {
    const WrittenOp& author = set.ops[op];
    Seen seen;
    std::vector<std::pair<std::size_t, bool>> open;
    eachIn(author.seen, [&](std::size_t i) { open.emplace_back(i, false); });
    while (!open.empty()) {
        const auto [i, isThrough] = open.back();
        open.pop_back();
        const bool isKnown =
            (seen.all & maskOf(i)) != 0 && (!isThrough || (seen.throughDelete & maskOf(i)) != 0);
        if (isKnown) {
            continue;
        }
        seen.all |= maskOf(i);
        seen.throughDelete |= isThrough ? maskOf(i) : 0;
        const bool isDelete = author.cell != Cell::deleted && isTrueDelete(set.ops[i]);
        if (isDelete || (aside[op] & maskOf(i)) != 0) {
            eachIn(set.ops[i].seen,
                   [&](std::size_t deeper) { open.emplace_back(deeper, isThrough || isDelete); });
        }
    }
    return seen;
}

}  // namespace

OpSet drawOpSet(std::uint64_t seed) {
    return Drawing(seed).draw();
}

OpSet without(const OpSet& set, std::size_t op) {
    const auto shifted = [op](OpMask mask) {
        const OpMask low = maskOf(op) - 1;
        return (mask & low) | ((mask >> 1) & ~low);
    };
    const auto filtered = [op](const std::vector<Event>& events) {
        std::vector<Event> kept;
        for (Event event : events) {
            if (event.op != op) {
                event.op = static_cast<std::uint8_t>(event.op > op ? event.op - 1 : event.op);
                kept.push_back(event);
            }
        }
        return kept;
    };
    OpSet smaller;
    for (std::size_t i = 0; i < set.ops.size(); ++i) {
        if (i != op) {
            smaller.ops.push_back(set.ops[i]);
            smaller.ops.back().seen = shifted(set.ops[i].seen);
        }
    }
    for (std::size_t log = 0; log < kLogs; ++log) {
        smaller.logs[log] = filtered(set.logs[log]);
        for (std::size_t i = 0; i < kDeliveries; ++i) {
            smaller.deliveries[log][i] = filtered(set.deliveries[log][i]);
        }
    }
    return smaller;
}

std::string textOf(const OpSet& set) {
    std::string text;
    for (std::size_t i = 0; i < set.ops.size(); ++i) {
        const WrittenOp& op = set.ops[i];
        text += "  " + std::to_string(i) + ": author " + std::to_string(op.author) + ", record " +
                std::to_string(op.record) + " " + kCellNames[static_cast<std::size_t>(op.cell)] + " " +
                std::string(name(op.kind)) + " " +
                (op.value.asText()                      ? std::string(*op.value.asText())
                 : op.value.asInteger()                 ? std::to_string(*op.value.asInteger())
                 : op.value.asBoolean().value_or(false) ? "true"
                                                        : "false") +
                ", rank " + std::to_string(op.rank) + ", saw {";
        eachIn(op.seen, [&](std::size_t seen) { text += " " + std::to_string(seen); });
        text += op.isAdmitted ? " }, set aside and admitted\n" : op.isAside ? " }, set aside\n" : " }\n";
    }
    constexpr std::array kKinds{"write", "enter", "admit", "repeat"};
    const auto line = [&](const std::vector<Event>& events) {
        for (const Event& event : events) {
            text += std::string(" ") + kKinds[static_cast<std::size_t>(event.kind)] + " " +
                    std::to_string(event.op);
        }
        text += "\n";
    };
    for (std::size_t log = 0; log < kLogs; ++log) {
        for (std::size_t i = 0; i < kDeliveries; ++i) {
            text += "  log " + std::to_string(log) + ", delivery " + std::to_string(i) + ":";
            line(set.deliveries[log][i]);
        }
    }
    return text;
}

bool isTrueDelete(const WrittenOp& op) {
    return op.cell == Cell::deleted && op.value.asBoolean().value_or(false);
}

AsideThen asideThen(const OpSet& set, const std::vector<Event>& log) {
    AsideThen then{};
    OpMask aside = 0;
    for (const Event& event : log) {
        if (event.kind == Event::Kind::admit) {
            aside &= ~maskOf(event.op);
        }
        then[event.op] = aside;
        if (event.kind == Event::Kind::enter && set.ops[event.op].isAside) {
            aside |= maskOf(event.op);
        }
    }
    return then;
}

OpMask retiredBy(const OpSet& set, const AsideThen& aside, std::size_t op) {
    const WrittenOp& author = set.ops[op];
    const Seen seen = seenOf(set, aside, op);
    OpMask retired = 0;
    eachIn(seen.all, [&](std::size_t i) {
        const WrittenOp& one = set.ops[i];
        const bool isOwnCell = one.cell == author.cell;
        const bool isThrough = (seen.throughDelete & maskOf(i)) != 0;
        retired |= isOwnCell || one.cell == Cell::deleted || isThrough ? maskOf(i) : 0;
    });
    return retired;
}

OpMask namedBy(const OpSet& set, const AsideThen& aside, std::size_t op) {
    OpMask named = 0;
    if (set.ops[op].cell == Cell::deleted) {
        eachIn(seenOf(set, aside, op).all,
               [&](std::size_t i) { named |= set.ops[i].cell != Cell::deleted ? maskOf(i) : 0; });
    }
    return named;
}

OpMask liveAmong(const OpSet& set, const AsideThen& aside, OpMask among, OpMask anyhow) {
    OpMask live = 0;
    OpMask retired = 0;
    eachIn(among, [&](std::size_t i) {
        if (set.ops[i].isApplied() || (anyhow & maskOf(i)) != 0) {
            live |= set.ops[i].kind != OpKind::remove ? maskOf(i) : 0;
            retired |= retiredBy(set, aside, i);
        }
    });
    return live & ~retired;
}

Deletion deletionOf(const OpSet& set, const AsideThen& aside, OpMask live, std::size_t record) {
    Deletion deletion;
    OpMask others = 0;
    OpMask named = 0;
    eachIn(live, [&](std::size_t i) {
        if (set.ops[i].record != record) {
            return;
        }
        if (isTrueDelete(set.ops[i])) {
            deletion.deletes |= maskOf(i);
            named |= namedBy(set, aside, i);
        } else {
            others |= maskOf(i);
        }
    });
    deletion.unnamed = deletion.deletes == 0 ? 0 : others & ~named;
    return deletion;
}

}  // namespace hezhang::test
