// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The paragraph of one task in a window, and the office's edit of it. What is typed rests on what was shown
// when it was begun; while nothing is typed the text follows what arrives.
//
// For QML:
//   isReady; errorWhat, errorNext · taskItem, taskContent, windowId, taskId
//   state (composed edited merged overlap), text: what is typed, or shown; the setter does nothing while it
//   is saved · composedText: what the units' texts give now sentences: list of {text, sources} of what is
//   shown (not of what is typed); sources: units' names, empty for the office's own words filings: list of
//   {unitId, unitName, role, text, state, isTaken, hasConflict}, in the paragraph's order countText: the
//   numbers done added up, empty where nobody gave one · targets: what was counted towards the task's
//   targets, a line each · isWhole: this home holds all filings hasNewer: what is shown has changed since
//   typing began; takeNewer(): shows it instead of what was typed isDirty, isSaving, canSave, canComposeAgain
//   · draftState (draft_keeper.h), isDraftRestored
// Calls: save(); composeAgain(): the office's edit goes, what the units wrote stands; discardDraft()
// Signals: done(): durable. failed(what, next)
// Threads: the window's.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

#include "src/office/paragraph.h"
#include "src/ui/draft_keeper.h"
#include "src/ui/reading.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class ParagraphModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString taskId READ taskId CONSTANT FINAL)
    Q_PROPERTY(QString windowId READ windowId CONSTANT FINAL)
    Q_PROPERTY(QString taskItem READ taskItem NOTIFY changed FINAL)
    Q_PROPERTY(QString taskContent READ taskContent NOTIFY changed FINAL)
    Q_PROPERTY(QString state READ state NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    Q_PROPERTY(QString composedText READ composedText NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList sentences READ sentences NOTIFY read FINAL)
    Q_PROPERTY(QVariantList filings READ filings NOTIFY read FINAL)
    Q_PROPERTY(QString countText READ countText NOTIFY read FINAL)
    Q_PROPERTY(QString targets READ targets NOTIFY read FINAL)
    Q_PROPERTY(bool isWhole READ isWhole NOTIFY read FINAL)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY changed FINAL)
    Q_PROPERTY(bool isDirty READ isDirty NOTIFY changed FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY changed FINAL)
    Q_PROPERTY(bool canSave READ canSave NOTIFY changed FINAL)
    Q_PROPERTY(bool canComposeAgain READ canComposeAgain NOTIFY changed FINAL)
    Q_PROPERTY(QString draftState READ draftState NOTIFY changed FINAL)
    Q_PROPERTY(bool isDraftRestored READ isDraftRestored NOTIFY changed FINAL)
public:
    struct Key {
        RecordId task;
        RecordId window;
    };
    ParagraphModel(HomeThread& reader, StoreThread& store, const Key& key, QObject* parent = nullptr);

    Q_INVOKABLE void save();
    Q_INVOKABLE void composeAgain();
    Q_INVOKABLE void takeNewer();
    Q_INVOKABLE void discardDraft();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString taskId() const;
    [[nodiscard]] QString windowId() const;
    [[nodiscard]] QString taskItem() const;
    [[nodiscard]] QString taskContent() const;
    [[nodiscard]] QString state() const;
    [[nodiscard]] QString text() const { return m_typed; }
    void setText(const QString& text);
    [[nodiscard]] QString composedText() const;
    [[nodiscard]] QVariantList sentences() const { return m_sentences; }
    [[nodiscard]] QVariantList filings() const { return m_filings; }
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QString targets() const;
    [[nodiscard]] bool isWhole() const { return m_shown.isWhole; }
    [[nodiscard]] bool hasNewer() const;
    [[nodiscard]] bool isDirty() const { return m_typed.toStdString() != m_begun.text; }
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    // In an overlap the very text that is shown may be what a person decides for.
    [[nodiscard]] bool canSave() const;
    [[nodiscard]] bool canComposeAgain() const;
    [[nodiscard]] QString draftState() const { return m_draft.state(); }
    [[nodiscard]] bool isDraftRestored() const { return m_isDraftRestored; }

signals:
    void changed();
    void read();
    void done();
    void failed(const QString& what, const QString& next);

private:
    // What the form showed when typing began.
    struct Begun {
        std::string text;
        std::vector<std::string> seen;
        std::string base;
    };
    struct Loaded {
        office::Paragraph paragraph;
        std::optional<ledger::Draft> draft;
    };
    void take(Result<Loaded> loaded);
    void show();
    void restore(const ledger::Draft& draft);
    [[nodiscard]] nlohmann::json draftContent() const;
    void keepDraft();
    void send(const office::ParagraphEdit& edit);

    StoreThread& m_store;
    Key m_key;
    office::Paragraph m_shown;
    Begun m_begun;
    QString m_typed;
    QVariantList m_sentences;
    QVariantList m_filings;
    DraftKeeper m_draft;
    bool m_isDraftRestored = false;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isSaving = false;
    bool m_isShowingSaved = false;  // the next reading shows what was saved
    Reading m_reading;
};

}  // namespace hezhang::ui
