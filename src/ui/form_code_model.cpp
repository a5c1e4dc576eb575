// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/form_code_model.h"

#include <algorithm>

#include "src/ledger/views.h"
#include "src/ui/format.h"
#include "src/ui/qr_picture.h"
#include "src/ui/words.h"

namespace hezhang::ui {

static constexpr int kCodeCharactersMax = 400;

FormCodeModel::FormCodeModel(HomeThread& reader, QObject* parent)
    : QObject(parent), m_reader(reader), m_units(this), m_work(this), m_reading(reader, this) {
    connect(&m_work, &LongWork::changed, this, &FormCodeModel::changed);
    m_reading.define<std::vector<Row>>(
        [] {
            return [](ledger::Home& home) -> Result<std::vector<Row>> {
                HZ_TRY(const std::vector<ledger::NamedUnit> units, ledger::units(home.state()));
                std::vector<Row> rows{ChoiceModel::rowOf(QStringLiteral("any"), {}, tr("Not known"))};
                for (const ledger::NamedUnit& unit : units) {
                    rows.push_back(ChoiceModel::rowOf(idText(unit.id), idText(unit.id), toQt(unit.name)));
                }
                return rows;
            };
        },
        [this](Result<std::vector<Row>> rows) {
            if (rows) {
                m_units.setRows(std::move(*rows));
                emit changed();
            }
        });
    m_reading.again();
}

QString FormCodeModel::phase() const {
    switch (m_phase) {
    case Phase::empty:
        return QStringLiteral("empty");
    case Phase::reading:
        return QStringLiteral("reading");
    case Phase::searching:
        return QStringLiteral("searching");
    case Phase::found:
        return QStringLiteral("found");
    case Phase::unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

std::optional<documents::FormCode> FormCodeModel::codeTyped() const {
    return documents::formCodeIn(m_code.toStdString());
}

// What was found is of the code and the unit that were asked for.
void FormCodeModel::forget() {
    m_phase = Phase::empty;
    m_answer = {};
    m_fault = {};
    emit changed();
}

void FormCodeModel::setCode(const QString& code) {
    if (!isBusy() && code != m_code) {
        m_code = code.left(kCodeCharactersMax);
        forget();
    }
}

void FormCodeModel::setUnitId(const QString& id) {
    if (!isBusy() && id != m_unitId) {
        m_unitId = id;
        forget();
    }
}

QString FormCodeModel::codeLine() const {
    const std::size_t digits = documents::formCodeDigits(m_code.toStdString());
    if (m_code.trimmed().isEmpty() || digits == documents::kFormCodeDigits) {
        return codeTyped() || m_code.trimmed().isEmpty() ? QString()
                                                         : tr("The digits of a code are 0 to 9 and a to f.");
    }
    return tr("%1 of %2 digits").arg(digits).arg(documents::kFormCodeDigits);
}

Result<FormCodeModel::Answer> FormCodeModel::find(ledger::Home& home, const documents::FormCode& code,
                                                  const documents::FormHints& hints,
                                                  const documents::Progress& progress) {
    const auto fact = [](const QString& label, const QString& value) {
        return QVariantMap{{QStringLiteral("label"), label}, {QStringLiteral("value"), value}};
    };
    HZ_TRY(const auto found, documents::findForm(home, code, hints, progress));
    Answer answer;
    if (!found) {
        answer.reasons = {tr("The paper was changed after it was printed, or a digit is wrong."),
                          tr("It is of a unit or a reporting window that is not on this device."),
                          tr("It was printed with the county's own template."),
                          tr("It was printed before one of its tasks was changed.")};
        if (!hints.unit) {
            answer.reasons.append(
                tr("It was printed before a report of another unit was changed: choose the unit on the paper "
                   "and check again."));
        }
        HZ_TRY(const std::uint64_t missing, home.historyMissing());
        if (missing > 0) {
            answer.reasons.append(tr("Old history is not on this device yet: it comes with the next syncs."));
        }
        return answer;
    }
    answer.facts = {fact(tr("Form"), toQt(found->title))};
    if (!found->unit.empty()) {
        answer.facts.append(fact(tr("Unit"), toQt(found->unit)));
    }
    answer.facts.append(
        fact(tr("Reporting window"),
             found->window.empty() ? tr("All") : tr("until %1").arg(Format::date(toQt(found->window)))));
    answer.facts.append(
        fact(tr("Content"), found->editsSince == 0
                                ? tr("As it stands now")
                                : tr("As it stood then; its reports were edited %n time(s) since", nullptr,
                                     static_cast<int>(found->editsSince))));
    if (found->lastEdit) {
        answer.facts.append(fact(tr("Last edit before printing"), Format::when(*found->lastEdit)));
    }
    return answer;
}

void FormCodeModel::check() {
    if (!canCheck()) {
        return;
    }
    m_phase = Phase::searching;
    m_answer = {};
    m_fault = {};
    emit changed();
    documents::FormHints hints;
    if (!m_unitId.isEmpty()) {
        hints.unit = idOf(m_unitId);
    }
    m_reader.ask<Answer>(
        this,
        [code = *codeTyped(), hints, progress = m_work.start()](ledger::Home& home) {
            return find(home, code, hints, progress);
        },
        [this](Result<Answer> answer) { take(std::move(answer)); });
}

void FormCodeModel::readPicture(const QUrl& file) {
    if (isBusy()) {
        return;
    }
    forget();
    m_phase = Phase::reading;
    emit changed();
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    m_reader.ask<std::string>(
        this, [path](ledger::Home&) { return textInPicture(path); },
        [this](const Result<std::string>& text) {
            forget();
            if (text) {
                setCode(toQt(*text));
                check();
                return;
            }
            m_fault = text.error().code == ErrorCode::notFound
                          ? Message{tr("No code was found in the picture."),
                                    tr("Photograph the square from the front, sharp and whole.")}
                          : MessageTable::of(text.error().code);
            emit changed();
        });
}

void FormCodeModel::take(Result<Answer> answer) {
    m_work.end();
    if (!answer) {
        m_phase = Phase::empty;
        m_fault =
            answer.error().code == ErrorCode::cancelled ? Message() : MessageTable::of(answer.error().code);
    } else {
        m_answer = std::move(*answer);
        m_phase = m_answer.facts.isEmpty() ? Phase::unknown : Phase::found;
    }
    emit changed();
}

}  // namespace hezhang::ui
