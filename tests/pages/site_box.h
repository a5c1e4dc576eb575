// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A checker's home in a county where one town has one task and reports it as done; for page tests (QML:
// `site`).
#pragma once

#include <QImage>
#include <QTemporaryDir>

#include "src/office/checks.h"
#include "src/ui/format.h"
#include "src/ui/models.h"
#include "tests/support/county_box.h"

namespace hezhang::test {

class SiteBox : public QObject {
    Q_OBJECT
public:
    static constexpr const char* kToday = "2026-08-18";

    explicit SiteBox(ui::TransportFactory transport) : m_session(std::move(transport)) {
        m_office = m_county.enrol("office", "公开办", "马主任", "office");
        m_town = m_county.enrol("town", "甲镇", "张三", "clerk");
        m_checker = m_county.enrol("checker", "公开办", "钱督查", "checker");
        m_task = m_county.newTask(*m_office, m_county.newLedger(*m_office), 1, "公示栏按季更新。", {"甲镇"});
        CountyBox::set(*m_office, m_task, "indicator", "实地查看公示栏以及实际掌握情况");
        const RecordId window = m_county.newWindow(*m_office, "2026-08-31");
        m_county.sync(*m_office);
        m_county.sync(*m_town);
        m_unit = m_town->me().enrolment.unit;
        static_cast<void>(taken(ledger::file(
            *m_town,
            {.task = m_task, .unit = m_unit, .window = window, .text = "已更新。", .status = "done"})));
        m_county.sync(*m_town);
        m_county.sync(*m_checker);
        QImage photo(60, 40, QImage::Format_RGB32);
        photo.fill(Qt::darkGreen);
        photo.save(photoFile());
        m_session.store().setAutomaticSync(false);
        m_session.open(QString::fromStdString(m_checker->folder()));
    }
    Q_INVOKABLE bool isReady() const { return m_session.state() == ui::AppSession::State::Ready; }
    Q_INVOKABLE QUrl photo() const { return QUrl::fromLocalFile(photoFile()); }
    // The clock of the pages; 18 August 2026, or as it is.
    Q_INVOKABLE static void setClock(bool isFixed) { ui::Format::setNow(isFixed ? 1'787'000'000'000 : 0); }
    Q_INVOKABLE QString task() const { return QString::fromStdString(m_task.hex()); }
    Q_INVOKABLE QString unit() const { return QString::fromStdString(m_unit.hex()); }
    Q_INVOKABLE hezhang::ui::PlaceListModel* places() const { return m_models.places(); }
    Q_INVOKABLE hezhang::ui::PlaceModel* place(const QString& placeId) const {
        return m_models.place(placeId, unit());
    }
    Q_INVOKABLE hezhang::ui::CheckFormModel* form(const QString& placeId, const QString& checkId) const {
        return m_models.checkForm(task(), unit(), placeId, checkId);
    }
    Q_INVOKABLE hezhang::ui::SearchModel* search() const { return m_models.search(); }
    // The checks that stand, the latest first, each as "result state photos finding".
    Q_INVOKABLE QStringList checks() const {
        static const char* const kStates[] = {"passed", "rectify", "overdue", "closed"};
        QStringList lines;
        for (const office::CheckRow& row : taken(office::checks(*m_checker, m_unit, kToday))) {
            lines.append(QStringLiteral("%1 %2 %3 %4")
                             .arg(QString::fromStdString(row.result),
                                  QLatin1String(kStates[static_cast<int>(row.state)]))
                             .arg(row.photos.size())
                             .arg(QString::fromStdString(row.finding))
                             .trimmed());
        }
        return lines;
    }

    // The lines of the latest check that has some: "yes WORDS".
    Q_INVOKABLE QStringList lines() const {
        QStringList seen;
        for (const office::CheckRow& row : taken(office::checks(*m_checker, m_unit, kToday))) {
            for (const office::SeenLine& line : row.lines) {
                seen.append(QString::fromStdString(line.result + " " + line.words));
            }
            if (!seen.isEmpty()) {
                break;
            }
        }
        return seen;
    }

private:
    [[nodiscard]] QString photoFile() const { return m_folder.filePath(QStringLiteral("photo.jpg")); }

    QTemporaryDir m_folder;
    CountyBox m_county;
    std::unique_ptr<ledger::Home> m_office;
    std::unique_ptr<ledger::Home> m_town;
    std::unique_ptr<ledger::Home> m_checker;
    RecordId m_task;
    RecordId m_unit;
    ui::AppSession m_session;
    ui::Models m_models{m_session};
};

}  // namespace hezhang::test
