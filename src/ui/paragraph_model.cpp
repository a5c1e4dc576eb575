// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/paragraph_model.h"

#include "src/ui/message_table.h"
#include "src/ui/target_list_model.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using nlohmann::json;
using office::ParagraphState;

static QVariantList sentenceList(const office::Paragraph& paragraph) {
    QVariantList list;
    for (const office::ParagraphSentence& sentence : paragraph.sentences) {
        QStringList names;
        for (const office::ParagraphSource& source : sentence.sources) {
            names.append(toQt(source.unitName));
        }
        list.append(QVariantMap{{QStringLiteral("text"), toQt(sentence.text).trimmed()},
                                {QStringLiteral("sources"), names.join(QStringLiteral("、"))}});
    }
    return list;
}

static QVariantList filingList(const office::Paragraph& paragraph) {
    QVariantList list;
    for (const office::ParagraphFiling& filing : paragraph.filings) {
        list.append(QVariantMap{{QStringLiteral("unitId"), idText(filing.source.unit)},
                                {QStringLiteral("unitName"), toQt(filing.source.unitName)},
                                {QStringLiteral("role"), toQt(filing.role)},
                                {QStringLiteral("text"), toQt(filing.text)},
                                {QStringLiteral("state"), filingStateWord(filing.state)},
                                {QStringLiteral("isTaken"), filing.isTaken},
                                {QStringLiteral("hasConflict"), filing.hasConflict}});
    }
    return list;
}

ParagraphModel::ParagraphModel(HomeThread& reader, StoreThread& store, const Key& key, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_key(key),
      m_draft(
          store, [this] { return draftContent(); }, this),
      m_reading(reader, this) {
    connect(&m_draft, &DraftKeeper::stateChanged, this, &ParagraphModel::changed);
    m_reading.define<Loaded>(
        [this] {
            return [key = m_key](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.paragraph, office::paragraph(home, key.task, key.window));
                HZ_TRY(loaded.draft, ledger::loadDraft(home, ledger::draftSlot(loaded.paragraph.record)));
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void ParagraphModel::show() {
    m_begun = {m_shown.text, m_shown.seen, m_shown.base};
    m_typed = toQt(m_shown.text);
}

void ParagraphModel::take(Result<Loaded> loaded) {
    if (!loaded) {
        m_error = loaded.error();
        m_isReady = true;
        emit changed();
        return;
    }
    m_error.reset();
    m_shown = std::move(loaded->paragraph);
    m_sentences = sentenceList(m_shown);
    m_filings = filingList(m_shown);
    if (!m_isReady || m_isShowingSaved || (!m_isSaving && !isDirty())) {
        show();
    }
    if (m_isShowingSaved) {
        m_isShowingSaved = false;
        m_isSaving = false;
    }
    if (!m_isReady) {
        m_draft.setSlot(ledger::draftSlot(m_shown.record));
        if (loaded->draft) {
            restore(*loaded->draft);
        }
    }
    m_isReady = true;
    emit read();
    emit changed();
}

json ParagraphModel::draftContent() const {
    return {{"form", "paragraph"},   {"record", m_shown.record.hex()}, {"typed", m_typed.toStdString()},
            {"begun", m_begun.text}, {"seen", m_begun.seen},           {"base", m_begun.base}};
}

void ParagraphModel::restore(const ledger::Draft& draft) {
    const json& kept = draft.content;
    const auto textIn = [&](const char* key) {
        return kept.contains(key) && kept[key].is_string() ? std::optional(kept[key].get<std::string>())
                                                           : std::nullopt;
    };
    const auto typed = textIn("typed");
    const auto begun = textIn("begun");
    const auto base = textIn("base");
    if (!typed || !begun || !base || !office::isBase(*base)) {
        return;
    }
    Begun context{*begun, {}, *base};
    for (const json& dot : kept.value("seen", json::array())) {
        if (dot.is_string()) {
            context.seen.push_back(dot.get<std::string>());
        }
    }
    m_begun = std::move(context);
    m_typed = toQt(*typed);
    m_draft.adopt(draft);
    m_isDraftRestored = isDirty();
    if (!m_isDraftRestored) {
        m_draft.discard();
    }
}

void ParagraphModel::keepDraft() {
    if (isDirty()) {
        m_draft.touch();
    } else {
        m_draft.discard();
        m_isDraftRestored = false;
    }
}

void ParagraphModel::setText(const QString& text) {
    if (!m_isSaving && m_typed != text) {
        m_typed = text;
        keepDraft();
        emit changed();
    }
}

void ParagraphModel::takeNewer() {
    if (!m_isSaving) {
        show();
        keepDraft();
        emit changed();
    }
}

void ParagraphModel::discardDraft() {
    takeNewer();
}

void ParagraphModel::send(const office::ParagraphEdit& edit) {
    m_draft.flush();
    m_isSaving = true;
    emit changed();
    m_store.edit<bool>(
        this,
        [edit, slot = m_draft.slot(), draft = m_draft.id()](ledger::Home& home) -> Result<bool> {
            return writeDraft(home, slot, draft, [&]() -> Result<bool> {
                HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, office::editParagraph(home, edit));
                return true;
            });
        },
        [this](const Result<bool>& answer) {
            if (answer) {
                m_draft.forget();
                m_isDraftRestored = false;
                m_isShowingSaved = true;
                emit done();
            } else {
                m_isSaving = false;
                emit changed();
                const Message message = MessageTable::of(answer.error().code);
                emit failed(message.what, message.next);
            }
            m_reading.anew();
        });
}

void ParagraphModel::save() {
    if (canSave()) {
        send({.task = m_key.task,
              .window = m_key.window,
              .text = m_typed.toStdString(),
              .seen = m_begun.seen,
              .base = m_begun.base});
    }
}

void ParagraphModel::composeAgain() {
    if (canComposeAgain()) {
        send({.task = m_key.task, .window = m_key.window, .seen = m_shown.seen});
    }
}

bool ParagraphModel::hasNewer() const {
    return isDirty() && m_shown.text != m_begun.text;
}

bool ParagraphModel::canSave() const {
    const bool isWaiting = m_shown.state == ParagraphState::overlap || m_shown.hasConflict;
    return m_isReady && !m_error && !m_isSaving && (isDirty() || isWaiting);
}

bool ParagraphModel::canComposeAgain() const {
    return m_isReady && !m_error && !m_isSaving && m_shown.state != ParagraphState::composed;
}

QString ParagraphModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString ParagraphModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}
QString ParagraphModel::taskId() const {
    return idText(m_key.task);
}
QString ParagraphModel::windowId() const {
    return idText(m_key.window);
}
QString ParagraphModel::taskItem() const {
    return m_isReady ? QString::number(m_shown.serial) + QLatin1Char(' ') + toQt(m_shown.taskItem)
                     : QString();
}
QString ParagraphModel::taskContent() const {
    return toQt(m_shown.taskContent);
}
QString ParagraphModel::state() const {
    return m_shown.text.empty() ? QStringLiteral("none") : toQt(std::string(office::name(m_shown.state)));
}
QString ParagraphModel::composedText() const {
    return toQt(office::textOf(m_shown.composed));
}
QString ParagraphModel::countText() const {
    return m_shown.unitsCounted == 0
               ? QString()
               : tr("%1, from %n unit(s)", "sum of numbers done", static_cast<int>(m_shown.unitsCounted))
                     .arg(m_shown.sum);
}
QString ParagraphModel::targets() const {
    QStringList lines;
    for (const office::ParagraphTarget& target : m_shown.targets) {
        lines.append(
            tr("%1: %2, all units together")
                .arg(toQt(target.target.words), TargetListModel::tallyText(target.target, target.sum)));
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace hezhang::ui
