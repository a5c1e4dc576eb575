// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Pages with their real models on a real home, driven by keys. A page is made by QML, its model by `box`.
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuickTest/quicktest.h>

#include <QQmlContext>
#include <QQmlEngine>
#include <QTest>

#include "qml/engine_setup.h"
#include "src/ui/models.h"
#include "tests/pages/desk_box.h"
#include "tests/pages/papers_box.h"
#include "tests/pages/site_box.h"
#include "tests/support/county_box.h"

Q_IMPORT_QML_PLUGIN(Hezhang_ModelPlugin)

namespace hezhang::test {

static Result<std::unique_ptr<sync::Transport>> noTransport(const std::string&, const std::atomic<bool>&) {
    return fail(ErrorCode::unreachable, "no network");
}

// A town's home in which the office and the town wrote one task apart, and another task asks for a number.
class Box : public QObject {
    Q_OBJECT
public:
    Box() {
        m_office = m_county.enrol("office", "公开办", "马主任", "office");
        m_town = m_county.enrol("town", "甲镇", "张三", "clerk");
        const std::string ledgerId = m_county.newLedger(*m_office);
        m_task = m_county.newTask(*m_office, ledgerId, 1, "甲。", {"甲镇"});
        m_counted =
            m_county.newTask(*m_office, ledgerId, 2, "举办培训不少于5次；解读率不低于80%。", {"甲镇"});
        m_window = m_county.newWindow(*m_office, "2026-12-31");
        spread();
        CountyBox::set(*m_office, m_task, "joint_progress", "办了3件。公开了5条。");
        spread();
        CountyBox::set(*m_town, m_task, "joint_progress", "办了4件。公开了5条。");
        CountyBox::set(*m_office, m_task, "joint_progress", "办了6件。公开了5条。");
        spread();
        m_session.store().setAutomaticSync(false);
        m_session.open(QString::fromStdString(m_town->folder()));
    }
    Q_INVOKABLE bool isReady() const { return m_session.state() == ui::AppSession::State::Ready; }
    Q_INVOKABLE hezhang::ui::DifferenceModel* difference() const {
        return m_models.difference(QString::fromStdString(m_task.hex()), QStringLiteral("joint_progress"));
    }
    Q_INVOKABLE hezhang::ui::FilingFormModel* report() const {
        return m_models.filingForm(QString::fromStdString(m_counted.hex()), QString(),
                                   QString::fromStdString(m_window.hex()));
    }
    Q_INVOKABLE hezhang::ui::FilingFactsModel* facts() const {
        return m_models.filingFacts(QString::fromStdString(m_counted.hex()), QString(),
                                    QString::fromStdString(m_window.hex()));
    }
    // What the town has counted towards a target of the counted task: "done/cases".
    Q_INVOKABLE QString tally(int target) const {
        ledger::Succession succession(m_town->state());
        const auto tallies = taken(ledger::taskTallies(*m_town, succession, m_counted, std::nullopt));
        const ledger::Tally sum = tallies.targets.at(static_cast<std::size_t>(target)).total();
        return QStringLiteral("%1/%2").arg(sum.done).arg(sum.cases);
    }
    Q_INVOKABLE QString shown() const {
        return QString::fromStdString(taken(ledger::shownText(m_town->state(), m_task, "joint_progress")));
    }

private:
    void spread() {
        for (ledger::Home* home : {m_office.get(), m_town.get(), m_office.get(), m_town.get()}) {
            m_county.sync(*home);
        }
    }

    CountyBox m_county;
    std::unique_ptr<ledger::Home> m_office;
    std::unique_ptr<ledger::Home> m_town;
    RecordId m_task;
    RecordId m_counted;
    RecordId m_window;
    ui::AppSession m_session{&noTransport};
    ui::Models m_models{m_session};
};

class Setup : public QObject {
    Q_OBJECT

public slots:
    void applicationAvailable() { qml::prepareApplication(); }
    void qmlEngineAvailable(QQmlEngine* engine) {
        qml::prepareEngine(*engine);
        qml::showLanguage(*engine, QStringLiteral("zh_CN"));
        m_box = std::make_unique<Box>();
        engine->rootContext()->setContextProperty(QStringLiteral("box"), m_box.get());
        m_site = std::make_unique<SiteBox>(&noTransport);
        engine->rootContext()->setContextProperty(QStringLiteral("site"), m_site.get());
        m_desk = std::make_unique<DeskBox>(&noTransport);
        engine->rootContext()->setContextProperty(QStringLiteral("desk"), m_desk.get());
        m_papers = std::make_unique<PapersBox>(&noTransport);
        engine->rootContext()->setContextProperty(QStringLiteral("papers"), m_papers.get());
    }
    void cleanupTestCase() {
        m_box.reset();
        m_site.reset();
        m_desk.reset();
        m_papers.reset();
    }

private:
    std::unique_ptr<Box> m_box;
    std::unique_ptr<SiteBox> m_site;
    std::unique_ptr<DeskBox> m_desk;
    std::unique_ptr<PapersBox> m_papers;
};

}  // namespace hezhang::test

using hezhang::test::Setup;
QUICK_TEST_MAIN_WITH_SETUP(qml_pages, Setup)

#include "main.moc"
