// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/filing_facts_model.h"

#include "src/ledger/names.h"
#include "src/office/closing.h"
#include "src/ui/format.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using office::FactEvidence;
using office::FilingFacts;

static QString entryWords(const FactEvidence& evidence) {
    return FilingFactsModel::tr("entry %1 of the county's log").arg(evidence.position);
}

static QString timeWords(const FactEvidence& evidence) {
    return evidence.at ? Format::when(*evidence.at) : QString();
}

static QString evidenceWords(const std::optional<FactEvidence>& evidence, const QString& none) {
    return evidence ? joined({toQt(evidence->by.personName), timeWords(*evidence), entryWords(*evidence)})
                    : none;
}

static QVariantMap oneFact(const char* name, const char* state, const QString& text) {
    return {{QStringLiteral("name"), QLatin1String(name)},
            {QStringLiteral("state"), QLatin1String(state)},
            {QStringLiteral("text"), text}};
}

static QVariantList filingFactList(const FilingFacts& facts) {
    const QString lastDay =
        (facts.isGrantedLater ? FilingFactsModel::tr("last day %1, granted after the window was closed")
                              : FilingFactsModel::tr("last day %1"))
            .arg(Format::date(toQt(facts.lastDay)));
    const QString arrived =
        facts.submitted && facts.submitted->at
            ? joined(
                  {FilingFactsModel::tr("reached the county %1").arg(timeWords(*facts.submitted)), lastDay})
            : lastDay;
    const char* const onTime = !facts.isOnTime ? "unknown" : *facts.isOnTime ? "yes" : "no";
    return {
        oneFact("on-time", onTime, arrived),
        oneFact("complete", facts.isComplete() ? "yes" : "not-yet",
                evidenceWords(
                    facts.submitted,
                    FilingFactsModel::tr("what stands was not submitted, or the county has not answered"))),
        oneFact("correct", facts.isCorrect() ? "yes" : "not-yet",
                evidenceWords(facts.approved, FilingFactsModel::tr("what stands was not approved"))),
        oneFact("locked", facts.isLocked ? "yes" : "not-yet",
                evidenceWords(facts.closed,
                              facts.isLocked
                                  ? FilingFactsModel::tr("closed on this device, the county has not answered")
                                  : FilingFactsModel::tr("the window is open")))};
}

FilingFactsModel::FilingFactsModel(HomeThread& reader, const Key& key, QObject* parent)
    : QObject(parent), m_reading(reader, this) {
    struct Loaded {
        QVariantList facts;
        QString contact;
    };
    m_reading.define<Loaded>(
        [key] {
            return [key](ledger::Home& home) -> Result<Loaded> {
                HZ_TRY(const FilingFacts facts, office::filingFacts(home, key.task, key.unit, key.window));
                HZ_TRY(const std::string contact, ledger::shownText(home.state(), key.unit, "contact"));
                HZ_TRY(const std::string phone, ledger::shownText(home.state(), key.unit, "contact_phone"));
                return Loaded{filingFactList(facts), joined({toQt(contact), toQt(phone)})};
            };
        },
        [this](const Result<Loaded>& loaded) {
            m_facts = loaded ? loaded->facts : QVariantList();
            m_contact = loaded ? loaded->contact : QString();
            m_isReady = true;
            emit changed();
        });
    m_reading.again();
}

}  // namespace hezhang::ui
