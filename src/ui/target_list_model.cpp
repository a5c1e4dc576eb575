// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/target_list_model.h"

#include <cmath>

#include "src/ui/words.h"

namespace hezhang::ui {

using ledger::Measure;
using ledger::Tally;
using ledger::Target;
using ledger::TargetTallies;

namespace {

QString unitWordOf(const Target& target) {
    return target.kind == ledger::TargetKind::count ? toQt(target.unit) : TargetListModel::tr("times");
}

QString figure(double value) {
    return QString::number(value, 'f', value == std::floor(value) ? 0 : 1);
}

bool isAtMostBound(const Target& target) {
    return target.comparison == ledger::TargetComparison::atMost && target.kind != ledger::TargetKind::clock;
}

QString needTextOf(const Target& target) {
    const QString needed = figure(standingOf(target, {}).needed);
    switch (measureOf(target)) {
    case Measure::none:
        return TargetListModel::tr("reported in words");
    case Measure::times:
        return isAtMostBound(target) ? TargetListModel::tr("%1 %2 at most").arg(needed, unitWordOf(target))
                                     : TargetListModel::tr("needs %1 %2").arg(needed, unitWordOf(target));
    case Measure::share:
        return isAtMostBound(target) ? TargetListModel::tr("%1% at most").arg(needed)
                                     : TargetListModel::tr("needs %1%").arg(needed);
    }
    return {};
}

QString shareText(const Target& target, const Tally& tally) {
    QStringList parts;
    if (tally.cases > 0) {
        const double share = 100.0 * static_cast<double>(tally.done) / static_cast<double>(tally.cases);
        parts.append(TargetListModel::tr("%1 of %2 cases, %3%")
                         .arg(QString::number(tally.done), QString::number(tally.cases), figure(share)));
    }
    if (tally.percent) {
        parts.append(TargetListModel::tr("stated: %1%").arg(*tally.percent));
    }
    const std::int64_t missing = standingOf(target, tally).missing;
    if (tally.cases > 0 && missing > 0) {
        parts.append(TargetListModel::tr("%1 more must meet it").arg(missing));
    }
    return parts.join(TargetListModel::tr(", "));
}

QString windowTextOf(const Target& target, const Tally& tally) {
    if (!tally.isCounted) {
        return {};
    }
    return measureOf(target) == Measure::share
               ? shareText(target, tally)
               : TargetListModel::tr("%1 %2", "5 times").arg(QString::number(tally.done), unitWordOf(target));
}

QStringList keyList(const std::vector<std::string>& keys) {
    QStringList list;
    for (const std::string& key : keys) {
        list.append(toQt(key));
    }
    return list;
}

QString earlierTextOf(const TargetTallies& target) {
    if (target.isDropped) {
        return TargetListModel::tr(
            "No longer in the task's text. What was counted is kept and counts towards nothing until the "
            "office says what goes on with it.");
    }
    const QStringList earlier = keyList(target.continued);
    return earlier.isEmpty() ? QString()
                             : TargetListModel::tr("With what was counted as: %1")
                                   .arg(earlier.join(TargetListModel::tr("; ")));
}

QStringList heirsOf(const ledger::TaskTallies& tallies, const TargetTallies& dropped) {
    QStringList heirs;
    for (const TargetTallies& one : tallies.targets) {
        if (!dropped.isDropped || one.isDropped) {
            break;  // those of the text stand in front
        }
        if (measureOf(one.target) == measureOf(dropped.target)) {
            heirs.append(toQt(one.key));
        }
    }
    return heirs;
}

}  // namespace

QString TargetListModel::tallyText(const Target& target, const Tally& tally) {
    if (!tally.isCounted || measureOf(target) == Measure::none) {
        return measureOf(target) == Measure::none ? QString() : tr("nothing counted yet");
    }
    if (measureOf(target) == Measure::share) {
        return shareText(target, tally);
    }
    const ledger::Standing standing = standingOf(target, tally);
    const QString text = tr("%1 of %2 %3", "3 of 5 times")
                             .arg(QString::number(tally.done), figure(standing.needed), unitWordOf(target));
    return standing.missing == 0 ? text : tr("%1, %2 to go").arg(text).arg(standing.missing);
}

std::vector<Row> TargetListModel::rowsOf(const ledger::TaskTallies& tallies, const RecordId& unit) {
    std::vector<Row> rows;
    for (const TargetTallies& one : tallies.targets) {
        const Target& target = one.target;
        const Measure measure = measureOf(target);
        const bool othersCounted =
            std::any_of(one.byUnit.begin(), one.byUnit.end(), [&](auto& by) { return by.first != unit; });
        Row row{toQt(one.key), {}};
        row.set(Role::words, toQt(target.words))
            .set(Role::measure, QString::fromUtf8(name(measure).data()))
            .set(Role::unitWord, unitWordOf(target))
            .set(Role::needText, needTextOf(target))
            .set(Role::ownText, tallyText(target, one.of(unit)))
            .set(Role::windowText, windowTextOf(target, one.inWindowOf(unit)))
            .set(Role::allText, othersCounted ? tallyText(target, one.total()) : QString())
            .set(Role::earlierText, earlierTextOf(one))
            .set(Role::continued, keyList(one.continued))
            .set(Role::heirs, heirsOf(tallies, one))
            .set(Role::isCounted, one.of(unit).isCounted)
            .set(Role::isMet,
                 measure != Measure::none && standingOf(target, tallies.measured(one, unit)).isMet)
            .set(Role::isDropped, one.isDropped);
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<Row>> TargetListModel::read(ledger::Home& home, const RecordId& task, const RecordId& unit,
                                               const std::optional<RecordId>& window) {
    ledger::Succession succession(home.state());
    HZ_TRY(const RecordId standing, succession.standing(unit));
    HZ_TRY(const ledger::TaskTallies tallies, ledger::taskTallies(home, succession, task, window));
    return rowsOf(tallies, standing);
}

}  // namespace hezhang::ui
