// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/merge/cell.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "sync/merge/prose.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kTextBytesMax = kValueBytesMax - 1;  // one byte is the class

std::vector<Value> distinctValues(std::span<const LiveValue> values) {
    std::vector<Value> distinct;
    for (const auto& live : values) {
        distinct.push_back(live.value);
    }
    std::ranges::sort(distinct);
    const auto first = std::unique(distinct.begin(), distinct.end());
    distinct.erase(first, distinct.end());
    return distinct;
}

std::vector<OpRef> opsWith(std::span<const LiveValue> values, const Value& value) {
    std::vector<OpRef> ops;
    for (const auto& live : values) {
        if (live.value == value) {
            ops.push_back(live.op);
        }
    }
    return ops;
}

CellView cellViewOf(std::span<const LiveValue> values, CellState state) {
    CellView view;
    view.state = values.empty() ? CellState::empty : state;
    view.values.assign(values.begin(), values.end());
    return view;
}

CellView resolveKeepBoth(std::span<const LiveValue> values) {
    CellView view = cellViewOf(values, CellState::single);
    if (values.empty()) {
        return view;
    }
    view.shown = values.front().value;
    view.shownFrom = opsWith(values, view.shown);
    if (view.shownFrom.size() < values.size()) {
        view.state = CellState::conflict;
        view.distinct = distinctValues(values);
    }
    return view;
}

CellView resolveAuthority(std::span<const LiveValue> values) {
    std::uint8_t rankMax = 0;
    for (const auto& live : values) {
        rankMax = std::max(rankMax, live.rank);
    }
    std::vector<LiveValue> standing;
    std::ranges::copy_if(values, std::back_inserter(standing),
                         [&](const LiveValue& live) { return live.rank == rankMax; });
    CellView view = resolveKeepBoth(standing);
    view.values.assign(values.begin(), values.end());
    view.shownFrom = opsWith(values, view.shown);
    if (view.state == CellState::single && view.shownFrom.size() < values.size()) {
        view.state = CellState::merged;
    }
    return view;
}

std::vector<OpRef> opsOf(std::span<const LiveValue> values) {
    std::vector<OpRef> ops;
    for (const auto& live : values) {
        ops.push_back(live.op);
    }
    return ops;
}

CellView resolveSet(std::span<const LiveValue> values) {
    CellView view = cellViewOf(values, CellState::single);
    view.elements = distinctValues(values);
    view.shownFrom = opsOf(values);
    return view;
}

// Exact whatever the order, so that two replicas that count differently clamp alike: the halves of 2^31
// numbers cannot overflow.
std::int64_t clampedSum(std::span<const LiveValue> values) {
    std::int64_t high = 0;
    std::int64_t low = 0;
    for (const auto& live : values) {
        const auto number = live.value.asInteger().value_or(0);
        high += number >> 32;
        low += number & 0xffffffff;
    }
    high += low >> 32;
    if (high > std::numeric_limits<std::int32_t>::max()) {
        return std::numeric_limits<std::int64_t>::max();
    }
    if (high < std::numeric_limits<std::int32_t>::min()) {
        return std::numeric_limits<std::int64_t>::min();
    }
    return high * (std::int64_t{1} << 32) + (low & 0xffffffff);
}

CellView resolveCounter(std::span<const LiveValue> values) {
    CellView view = cellViewOf(values, CellState::single);
    view.sum = clampedSum(values);
    view.shownFrom = opsOf(values);
    return view;
}

// Some ops of a cell and all they saw, directly or not, as a graph over indices.
class PastOps {
public:
    using Indices = std::vector<std::size_t>;
    using Marks = std::vector<bool>;  // one an op

    static Result<PastOps> load(std::span<const OpRef> roots, Past& past) {
        PastOps history;
        for (const auto root : roots) {
            history.indexFor(root);
        }
        for (std::size_t i = 0; i < history.m_ops.size(); ++i) {
            HZ_TRY(const auto seen, past.seenBy(history.m_ops[i]));
            Indices indices;
            for (const auto op : seen) {
                indices.push_back(history.indexFor(op));
            }
            history.m_seen.push_back(std::move(indices));
        }
        if (history.isCircular()) {
            return fail(ErrorCode::malformed, "the ops of a cell saw each other in a circle");
        }
        return history;
    }

    [[nodiscard]] OpRef opAt(std::size_t index) const { return m_ops[index]; }
    [[nodiscard]] std::size_t indexOf(OpRef op) const { return m_indices.at(op); }
    [[nodiscard]] const Indices& seenBy(std::size_t index) const { return m_seen[index]; }

    // These ops and everything they saw.
    [[nodiscard]] Marks withPastOf(Indices ops) const {
        Marks marks(m_ops.size(), false);
        while (!ops.empty()) {
            const auto op = ops.back();
            ops.pop_back();
            if (!marks[op]) {
                marks[op] = true;
                ops.insert(ops.end(), m_seen[op].begin(), m_seen[op].end());
            }
        }
        return marks;
    }

    // Those in both that no other in both saw, by index. REQUIRES: a and b hold with each op what it saw
    [[nodiscard]] Indices latestInBoth(const Marks& a, const Marks& b) const {
        Marks isLatest(m_ops.size(), false);
        for (std::size_t op = 0; op < m_ops.size(); ++op) {
            isLatest[op] = a[op] && b[op];
        }
        for (std::size_t op = 0; op < m_ops.size(); ++op) {
            if (a[op] && b[op]) {
                for (const auto seen : m_seen[op]) {
                    isLatest[seen] = false;
                }
            }
        }
        Indices latest;
        for (std::size_t op = 0; op < m_ops.size(); ++op) {
            if (isLatest[op]) {
                latest.push_back(op);
            }
        }
        return latest;
    }

private:
    std::size_t indexFor(OpRef op) {
        const auto [entry, isNew] = m_indices.try_emplace(op, m_ops.size());
        if (isNew) {
            m_ops.push_back(op);
        }
        return entry->second;
    }

    // Takes away, again and again, what nobody seen is left to be taken away after.
    [[nodiscard]] bool isCircular() const {
        std::vector<std::size_t> seersLeft(m_ops.size(), 0);
        for (const auto& seen : m_seen) {
            for (const auto op : seen) {
                ++seersLeft[op];
            }
        }
        Indices free;
        for (std::size_t op = 0; op < m_ops.size(); ++op) {
            if (seersLeft[op] == 0) {
                free.push_back(op);
            }
        }
        std::size_t taken = 0;
        for (; !free.empty(); ++taken) {
            const auto op = free.back();
            free.pop_back();
            for (const auto seen : m_seen[op]) {
                if (--seersLeft[seen] == 0) {
                    free.push_back(seen);
                }
            }
        }
        return taken != m_ops.size();
    }

    std::vector<OpRef> m_ops;
    std::vector<Indices> m_seen;
    std::map<OpRef, std::size_t> m_indices;
};

// One text and the ops that wrote it. Equal texts are one: they stand where the first of them stands, and
// together they know what each of them knew.
struct Part {
    std::string text;
    PastOps::Indices ops;
};

void addTo(std::vector<Part>& parts, std::string_view text, std::size_t op) {
    const auto same = std::ranges::find(parts, text, &Part::text);
    if (same != parts.end()) {
        same->ops.push_back(op);
    } else {
        parts.push_back({std::string(text), {op}});
    }
}

enum class OnOverlap { giveUp, olderStands };

// Folds texts and, for the base of each step, the texts before them. The amount of work is counted in steps
// that are the same on every replica, so all give up at the same point.
class ProseFold {
public:
    ProseFold(const PastOps& history, Past& past) : m_history(history), m_past(past) {}

    // nullopt: gave up.
    Result<std::optional<std::string>> fold(std::span<const Part> parts, OnOverlap onOverlap) {
        std::string text = parts.front().text;
        auto known = m_history.withPastOf(parts.front().ops);
        for (const auto& part : parts.subspan(1)) {
            if (m_merges++ == kProseMergesMax) {
                return std::nullopt;
            }
            const auto knownByPart = m_history.withPastOf(part.ops);
            HZ_TRY(const auto base, textOf(m_history.latestInBoth(known, knownByPart)));
            if (!base || !mergeInto(text, *base, part.text, onOverlap)) {
                return std::nullopt;
            }
            std::transform(known.begin(), known.end(), knownByPart.begin(), known.begin(),
                           std::logical_or<>());
        }
        return text;
    }

private:
    static bool mergeInto(std::string& text, std::string_view base, std::string_view next,
                          OnOverlap onOverlap) {
        if (onOverlap == OnOverlap::olderStands) {
            auto merged = mergeProseOlderStanding(base, text, next);
            if (merged.size() <= kTextBytesMax) {
                text = std::move(merged);
            }
            return true;
        }
        auto merged = mergeProse(base, text, next);
        text = std::move(merged.text);
        return !merged.overlap && text.size() <= kTextBytesMax;
    }

    Result<std::optional<std::string>> textOf(const PastOps::Indices& latest) {
        if (latest.empty()) {
            return std::string();
        }
        if (const auto known = m_texts.find(latest); known != m_texts.end()) {
            return known->second;
        }
        if (m_depth == kProseDepthMax) {
            return std::nullopt;
        }
        HZ_TRY(const auto parts, partsOf(latest));
        if (!parts) {
            return std::nullopt;
        }
        ++m_depth;
        HZ_TRY(auto text, fold(*parts, OnOverlap::olderStands));
        --m_depth;
        m_texts.emplace(latest, text);
        return text;
    }

    // nullopt: one of them is no readable text.
    Result<std::optional<std::vector<Part>>> partsOf(const PastOps::Indices& ops) {
        std::vector<std::tuple<OrderKey, Value, std::size_t>> ordered;
        for (const auto op : ops) {
            HZ_TRY(auto value, m_past.valueOf(m_history.opAt(op)));
            HZ_TRY(const auto order, m_past.orderOf(m_history.opAt(op)));
            ordered.emplace_back(order, std::move(value), op);
        }
        std::ranges::sort(ordered);
        std::vector<Part> parts;
        for (const auto& [order, value, op] : ordered) {
            const auto text = value.asText();
            if (!text) {
                return std::nullopt;
            }
            addTo(parts, *text, op);
        }
        return parts;
    }

    const PastOps& m_history;
    Past& m_past;
    std::map<PastOps::Indices, std::optional<std::string>> m_texts;
    std::size_t m_merges = 0;
    std::size_t m_depth = 0;
};

Result<std::optional<std::string>> foldedText(std::span<const LiveValue> values, Past& past) {
    HZ_TRY(const auto history, PastOps::load(opsOf(values), past));
    std::vector<Part> parts;
    for (const auto& live : values) {
        const auto text = live.value.asText();
        if (!text) {
            return std::nullopt;
        }
        addTo(parts, *text, history.indexOf(live.op));
    }
    return ProseFold(history, past).fold(parts, OnOverlap::giveUp);
}

Result<CellView> resolveProse(std::span<const LiveValue> values, Past& past) {
    CellView view = resolveKeepBoth(values);
    if (view.state != CellState::conflict) {
        return view;
    }
    HZ_TRY(const auto text, foldedText(values, past));
    if (text) {
        view.state = CellState::merged;
        view.shown = Value::text(*text);
        view.shownFrom = opsOf(values);
        view.distinct.clear();
    }
    return view;
}

}  // namespace

Result<CellView> resolveCell(MergeRule rule, std::span<const LiveValue> values, Past& past) {
    switch (rule) {
    case MergeRule::keepBoth:
        return resolveKeepBoth(values);
    case MergeRule::authority:
        return resolveAuthority(values);
    case MergeRule::prose:
        return resolveProse(values, past);
    case MergeRule::set:
        return resolveSet(values);
    case MergeRule::counter:
        return resolveCounter(values);
    }
    return fail(ErrorCode::internal, "unknown merge rule");
}

Result<std::optional<Value>> commonBase(std::span<const LiveValue> values, Past& past) {
    if (values.empty()) {
        return std::nullopt;
    }
    HZ_TRY(const auto history, PastOps::load(opsOf(values), past));
    std::optional<PastOps::Marks> common;
    for (const auto& live : values) {
        const auto seen = history.withPastOf(history.seenBy(history.indexOf(live.op)));
        if (!common) {
            common = seen;
        } else {
            std::transform(common->begin(), common->end(), seen.begin(), common->begin(),
                           std::logical_and<>());
        }
    }
    std::optional<Value> base;
    for (const auto op : history.latestInBoth(*common, *common)) {
        HZ_TRY(const auto value, past.valueOf(history.opAt(op)));
        if (base && *base != value) {
            return std::nullopt;
        }
        base = value;
    }
    return base;
}

}  // namespace hezhang::sync
