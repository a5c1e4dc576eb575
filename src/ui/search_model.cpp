// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/search_model.h"

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

static QString kindText(const ledger::FoundGroup& group) {
    const QString title = registerTitle(group.registerName);
    const auto total = static_cast<int>(group.total);
    return group.isMore ? SearchModel::tr("%1: the first %2 of about %3", "kind of record, numbers")
                              .arg(title)
                              .arg(group.records.size())
                              .arg(total)
                        : SearchModel::tr("%1: %2", "kind of record, how many").arg(title).arg(total);
}

// What a choice opens.
static QString pageOf(const ledger::FoundRecord& found) {
    if (found.registerName == "filing") {
        return QStringLiteral("filing");
    }
    if (found.registerName == "place") {
        return QStringLiteral("place");
    }
    return found.task.isNone() ? QString() : QStringLiteral("task");
}

QString SearchModel::marked(const QString& text, const QString& needle) {
    const qsizetype at = text.indexOf(needle, 0, Qt::CaseInsensitive);
    if (at < 0 || needle.isEmpty()) {
        return text.left(4 * kAround).toHtmlEscaped();
    }
    const qsizetype from = at <= kAround ? 0 : at - kAround;
    QString line = from > 0 ? QStringLiteral("…") : QString();
    line += text.mid(from, at - from).toHtmlEscaped();
    line += QStringLiteral("<b>") + text.mid(at, needle.size()).toHtmlEscaped() + QStringLiteral("</b>");
    line += text.mid(at + needle.size(), 4 * kAround).toHtmlEscaped();
    if (at + needle.size() + 4 * kAround < text.size()) {
        line += QStringLiteral("…");
    }
    return line.replace(QLatin1Char('\n'), QLatin1Char(' '));
}

static ledger::SearchFilter filterOf(const QString& unit, const QString& section, const QString& due,
                                     const QString& status) {
    ledger::SearchFilter filter;
    if (!unit.isEmpty()) {
        filter.unit = idOf(unit);
    }
    filter.section = section.toStdString();
    filter.status = status.toStdString();
    const auto day = [](int days) {
        return Format::today().addDays(days).toString(Qt::ISODate).toStdString();
    };
    if (due == QLatin1String("overdue")) {
        filter.dueBefore = day(0);
    } else if (due == QLatin1String("due-soon")) {
        filter.dueFrom = day(0);
        filter.dueBefore = day(Format::kSoonDays + 1);
    } else if (due == QLatin1String("later")) {
        filter.dueFrom = day(Format::kSoonDays + 1);
    }
    return filter;
}

SearchModel::SearchModel(HomeThread& reader, Settings& settings, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent), m_settings(settings), m_reading(reader, this) {
    connect(&settings, &Settings::recentChanged, this, &SearchModel::recentChanged);
    m_reading.define<Page>(
        [this] {
            return
                [question = m_question, needle = m_needle.trimmed(),
                 filter = filterOf(m_unit, m_section, m_due, m_status)](ledger::Home& home) -> Result<Page> {
                    HZ_TRY(const ledger::SearchAnswer answer,
                           ledger::find(home, needle.toStdString(), filter, kPerKind));
                    Page page;
                    page.question = question;
                    for (const std::string& section : answer.sections) {
                        page.sections.append(toQt(section));
                    }
                    HZ_TRY(const std::vector<ledger::NamedUnit> units, ledger::units(home.state()));
                    for (const ledger::NamedUnit& unit : units) {
                        // Whoever goes on with the work of a unit that is over finds its past too.
                        if (!unit.isOver) {
                            page.units.append(QVariantMap{{QStringLiteral("id"), idText(unit.id)},
                                                          {QStringLiteral("name"), toQt(unit.name)}});
                        }
                    }
                    for (const ledger::FoundGroup& group : answer.groups) {
                        const QString kind = kindText(group);
                        for (const ledger::FoundRecord& found : group.records) {
                            Row row{idText(found.record), {}};
                            row.set(Role::kind, toQt(group.registerName))
                                .set(Role::kindText, kind)
                                .set(Role::title, toQt(found.title))
                                .set(Role::unitName, toQt(found.unitName))
                                .set(Role::fieldText, fieldTitle(group.registerName, found.field))
                                .set(Role::marked, marked(toQt(found.text), needle))
                                .set(Role::page, pageOf(found))
                                .set(Role::taskId, idText(found.task))
                                .set(Role::unitId, idText(found.unit))
                                .set(Role::windowId, idText(found.window))
                                .set(Role::recordId, row.key);
                            page.rows.push_back(std::move(row));
                        }
                    }
                    return page;
                };
        },
        [this](Result<Page> page) { take(std::move(page)); });
    m_reading.again();
}

void SearchModel::take(Result<Page> page) {
    m_error.reset();
    if (page) {
        m_sections = page->sections;
        m_units = page->units;
        setRows(std::move(page->rows));
    } else {
        m_error = page.error();
    }
    m_isReady = true;
    // The answer to an earlier question says nothing about this one.
    m_isSearching = page && page->question != m_question;
    emit searchingChanged();
    emit readingDone();
}

void SearchModel::set(QString& field, const QString& value) {
    if (field != value) {
        field = value;
        ask();
    }
}

void SearchModel::ask() {
    ++m_question;
    m_isSearching = true;
    emit filterChanged();
    emit searchingChanged();
    m_reading.again();
}

void SearchModel::clearFilters() {
    for (QString* field : {&m_unit, &m_section, &m_due, &m_status}) {
        field->clear();
    }
    ask();
}

QString SearchModel::unitName() const {
    for (const QVariant& unit : m_units) {
        const QVariantMap one = unit.toMap();
        if (one.value(QStringLiteral("id")).toString() == m_unit) {
            return one.value(QStringLiteral("name")).toString();
        }
    }
    return {};
}

void SearchModel::note() {
    m_settings.noteSearch(m_needle.trimmed());
}

QStringList SearchModel::recent() const {
    return m_settings.recent();
}

QString SearchModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString SearchModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
