// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/window_model.h"

#include <algorithm>
#include <map>

#include "src/ledger/files.h"
#include "src/office/late_filings.h"
#include "src/office/windows.h"
#include "src/ui/format.h"
#include "src/ui/matrix_model.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using office::FrozenFinding;

static QString personWords(const ledger::Authorship& by) {
    return joined({toQt(by.unitName), toQt(by.personName), by.at == 0 ? QString() : Format::when(by.at)});
}

static QVariantMap factOf(const QString& label, const QString& value) {
    return {{QStringLiteral("label"), label}, {QStringLiteral("value"), value}};
}

// "1, 6–30": three and more that follow each other as one.
static QString serialWords(const std::vector<std::int64_t>& serials) {
    QStringList words;
    for (std::size_t i = 0; i < serials.size();) {
        std::size_t end = i + 1;
        while (end < serials.size() && serials[end] == serials[end - 1] + 1) {
            ++end;
        }
        if (end - i > 2) {
            words.append(QStringLiteral("%1–%2").arg(serials[i]).arg(serials[end - 1]));
            i = end;
        } else {
            words.append(QString::number(serials[i]));
            ++i;
        }
    }
    return words.join(WindowModel::tr(", ", "between numbers"));
}

// By unit, each with the tasks it has not submitted.
static QVariantList missingUnitsOf(const std::vector<office::MissingRow>& missing) {
    std::map<std::string, std::vector<std::int64_t>> tasks;
    for (const office::MissingRow& row : missing) {
        tasks[row.unitName].push_back(row.serial);
    }
    QVariantList list;
    for (const auto& [unit, serials] : tasks) {
        list.append(QVariantMap{
            {QStringLiteral("unitName"), toQt(unit)},
            {QStringLiteral("text"), WindowModel::tr("task(s) %1", nullptr, static_cast<int>(serials.size()))
                                         .arg(serialWords(serials))}});
    }
    return list;
}

static QVariantList countList(const std::vector<office::LateCount>& counts) {
    QVariantList list;
    for (const office::LateCount& one : counts) {
        QStringList figures;
        if (one.cases != 0) {
            figures.append(WindowModel::tr("%1 of %2 cases").arg(one.done).arg(one.cases));
        } else if (one.done != 0) {
            figures.append(WindowModel::tr("%1 counted").arg(one.done));
        }
        if (one.percent) {
            figures.append(WindowModel::tr("stated: %1%").arg(*one.percent));
        }
        list.append(QVariantMap{{QStringLiteral("words"), toQt(one.words)},
                                {QStringLiteral("figures"), figures.join(WindowModel::tr(", "))}});
    }
    return list;
}

static QVariantList lateList(const std::vector<office::LateFiling>& filings) {
    QVariantList list;
    for (const office::LateFiling& filing : filings) {
        QStringList ops;
        for (const Hash& op : filing.aside) {
            ops.append(toQt(op.hex()));
        }
        QVariantList admitted;
        for (const office::Admission& one : filing.admitted) {
            admitted.append(QVariantMap{{QStringLiteral("reason"), toQt(one.reason)},
                                        {QStringLiteral("authorText"), personWords(one.by)}});
        }
        list.append(QVariantMap{
            {QStringLiteral("taskId"), idText(filing.task)},
            {QStringLiteral("unitId"), idText(filing.unit)},
            {QStringLiteral("unitName"), toQt(filing.unitName)},
            {QStringLiteral("title"),
             QString::number(filing.serial) + QLatin1Char(' ') + toQt(filing.taskItem)},
            {QStringLiteral("text"), toQt(filing.text)},
            {QStringLiteral("counts"), countList(filing.counts)},
            {QStringLiteral("authorText"), filing.aside.empty() ? QString() : personWords(filing.by)},
            {QStringLiteral("asideCount"), static_cast<int>(filing.aside.size())},
            {QStringLiteral("isDeletion"), filing.isDeletion},
            {QStringLiteral("ops"), ops},
            {QStringLiteral("admitted"), admitted}});
    }
    return list;
}

// By the county's clock; by that of the device until the county has answered.
static QString closedWhen(const office::FrozenWindow& frozen) {
    if (frozen.enteredAt) {
        return Format::when(*frozen.enteredAt);
    }
    const std::string closedAt = frozen.content["closed_at"].get<std::string>();
    const QDateTime at = QDateTime::fromString(toQt(closedAt), Qt::ISODate);
    return WindowModel::tr("%1 by this device's clock; the county has not answered")
        .arg(Format::when(at.toMSecsSinceEpoch()));
}

static QString grantedWords(const FrozenFinding& one) {
    return one.until.empty()
               ? WindowModel::tr("taken back after the closing; what was frozen stands")
               : WindowModel::tr("until %1; what was frozen stands").arg(Format::date(toQt(one.until)));
}

Result<WindowModel::Page> WindowModel::read(ledger::Home& home, const RecordId& window) {
    Page page;
    HZ_TRY(const office::Matrix matrix, office::matrix(home, window));
    HZ_TRY(const std::vector<office::MissingRow> missing, office::missing(home, window));
    HZ_TRY(const std::vector<office::LateFiling> late, office::lateFilings(home, window));
    HZ_TRY(const sync::OwnCounts own, home.replica().ownCounts());
    page.title =
        matrix.window.title.empty() ? Format::date(toQt(matrix.window.closes)) : toQt(matrix.window.title);
    page.line = MatrixModel::lineOf(matrix.window);
    page.isOpen = matrix.window.isOpen;
    page.counts = matrix.window.counts;
    page.missingUnits = missingUnitsOf(missing);
    page.unsent = static_cast<int>(own.local);
    page.late = lateList(late);
    const auto frozen = office::frozenWindow(home, window);
    if (frozen) {
        const nlohmann::json& rows = frozen->content["rows"];
        page.digest = toQt(frozen->digest);
        page.closedText = closedWhen(*frozen);
        page.rows = static_cast<int>(rows.size());
        page.frozen = static_cast<int>(std::ranges::count_if(
            rows, [](const nlohmann::json& row) { return row["complete"].get<bool>(); }));
    } else if (!page.isOpen) {
        page.canFreeze = frozen.error().code == ErrorCode::notFound;
        page.snapshotNext =
            page.canFreeze
                ? tr("No snapshot of it is here. Sync first; if none comes, freeze it as it stands now.")
                : MessageTable::of(frozen.error().code).next;
    }
    return page;
}

WindowModel::WindowModel(HomeThread& reader, StoreThread& store, const RecordId& window, QObject* parent)
    : QObject(parent), m_reader(reader), m_window(window), m_saving(store, this), m_reading(reader, this) {
    m_reading.show<Page>(
        [this] { return [window = m_window](ledger::Home& home) { return read(home, window); }; },
        [this](Page page) { m_page = std::move(page); });
    follow(*this, m_reading, m_saving);
    m_reading.again();
}

template <class Work>
void WindowModel::edit(const QString& outcome, Work work) {
    m_saving.start(std::move(work), [this, outcome] { emit done(outcome); });
}

void WindowModel::close() {
    edit(QStringLiteral("closed"),
         [window = m_window,
          absent = m_page.canFreeze ? office::AbsentSnapshot::isLost : office::AbsentSnapshot::mayCome](
             ledger::Home& home) { return office::closeWindow(home, window, absent); });
}

void WindowModel::admit(const QStringList& ops, const QString& reason) {
    const std::string why = reason.trimmed().toStdString();
    if (why.empty()) {
        return;
    }
    std::set<Hash> meant;
    for (const QString& op : ops) {
        meant.insert(Hash::fromHexText(op.toStdString()).value_or(Hash{}));
    }
    edit(QStringLiteral("admitted"), [meant, why](ledger::Home& home) -> Result<bool> {
        HZ_CHECK(ledger::admit(home, meant, why));
        return true;
    });
}

void WindowModel::save(const QUrl& file) {
    m_reader.ask<bool>(
        this,
        [window = m_window, to = file.toLocalFile().toStdString()](ledger::Home& home) -> Result<bool> {
            HZ_TRY(const office::FrozenWindow frozen, office::frozenWindow(home, window));
            HZ_CHECK(ledger::replaceFile(to, viewOf(frozen.text)));
            return true;
        },
        [this](const Result<bool>& answer) {
            if (answer) {
                emit done(QStringLiteral("saved"));
            } else {
                const Message message = MessageTable::of(answer.error().code);
                emit failed(message.what, message.next);
            }
        });
}

Result<WindowModel::Check> WindowModel::checkOf(ledger::Home& home, const office::FrozenCheck& found) {
    Check check;
    check.isGood = found.isValid();
    check.facts = {
        factOf(tr("Digest"), toQt(found.digest)),
        factOf(tr("In the log"), !found.isNamed   ? tr("The log does not name this digest for the window")
                                 : found.isLatest ? tr("As the latest snapshot of the window")
                                                  : tr("As an earlier snapshot of the window")),
        factOf(tr("Looked up"),
               tr("%1 rows; %2 entries of the log are as it says").arg(found.rows).arg(found.proved)),
        factOf(tr("Changed since"), QString::number(found.changed.size())),
        factOf(tr("More time granted since"), QString::number(found.granted.size())),
        factOf(tr("Wrong"), QString::number(found.wrong.size())),
        factOf(tr("Not here to look up"), QString::number(found.absent.size()))};
    ledger::Succession succession(home.state());
    const auto add = [&](const QString& word, const std::vector<FrozenFinding>& findings) -> Result<void> {
        const bool isGrant = &findings == &found.granted;
        for (const FrozenFinding& one : findings) {
            if (one.unit.isNone()) {
                check.rows.append(QVariantMap{
                    {QStringLiteral("title"), joined({word, tr("All reports")})},
                    {QStringLiteral("text"), isGrant ? grantedWords(one) : tr("the window's last day")}});
                continue;
            }
            HZ_TRY(const std::string unit, ledger::unitLabel(succession, home.state(), one.unit));
            HZ_TRY(const std::optional<sync::RecordReading> task, home.state().read(one.task));
            const QString serial = task ? QString::number(ledger::keyInteger(task->record.key, "serial")) +
                                              QLatin1Char(' ') + toQt(ledger::taskWords(*task))
                                        : QString();
            check.rows.append(QVariantMap{
                {QStringLiteral("title"), joined({word, toQt(unit)})},
                {QStringLiteral("text"), isGrant ? joined({serial, grantedWords(one)}) : serial}});
        }
        return {};
    };
    HZ_CHECK(add(tr("Wrong"), found.wrong));
    HZ_CHECK(add(tr("Changed since"), found.changed));
    HZ_CHECK(add(tr("More time granted since"), found.granted));
    HZ_CHECK(add(tr("Not here to look up"), found.absent));
    return check;
}

void WindowModel::verify() {
    m_reader.ask<Check>(
        this,
        [window = m_window](ledger::Home& home) -> Result<Check> {
            HZ_TRY(const office::FrozenCheck found, office::verifyFrozen(home, window));
            return checkOf(home, found);
        },
        [this](Result<Check> check) { takeCheck(tr("The snapshot on this device"), std::move(check)); });
}

void WindowModel::verifyFile(const QUrl& file) {
    m_reader.ask<Check>(
        this,
        [window = m_window, path = file.toLocalFile().toStdString()](ledger::Home& home) -> Result<Check> {
            HZ_TRY(const Bytes bytes, ledger::readFile(path, ledger::kBlobBytesMax));
            HZ_TRY(const office::FrozenCheck found, office::verifyFrozen(home, window, textOf(bytes)));
            return checkOf(home, found);
        },
        [this, name = file.fileName()](Result<Check> check) { takeCheck(name, std::move(check)); });
}

void WindowModel::takeCheck(const QString& title, Result<Check> check) {
    if (!check) {
        const Message message = MessageTable::of(check.error().code);
        emit failed(message.what, message.next);
        return;
    }
    m_check = std::move(*check);
    m_check.title = title;
    emit checked();
}

void WindowModel::closeCheck() {
    m_check = {};
    emit checked();
}

QString WindowModel::missingNames() const {
    QStringList names;
    for (const QVariant& unit : m_page.missingUnits) {
        names.append(unit.toMap().value(QStringLiteral("unitName")).toString());
    }
    return names.join(tr(", ", "between names in a list"));
}

}  // namespace hezhang::ui
