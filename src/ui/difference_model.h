// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One cell that waits for a person's decision, on a page: a conflict, or what the machine made. The
// decision is taken in the context of exactly what the page listed. What changes meanwhile is shown anew
// and said; nothing can be decided until the person has looked.
//
// For QML:
//   isReady · kind (conflict merged overruled; settled: nothing waits any more) · title, place, fieldText
//   editor (text choice number record line), choices · hasBase, baseText: what all started from
//   shownRuns, shownText, whyText: what is shown now and why
//   values: list of {heading, runs, person, unit, time, device, seen, isOwn, isShown, text}
//   picked: index in values, -1 for none, -2 for a text of one's own (ownText) · canDecide · isSaving
//   isChanged: it has changed since the person looked; look() · recordId, field, taskId
//   errorWhat, errorNext
//   Calls: decide() (a conflict: what is picked; otherwise: one's own text), confirm() (what the machine
//   made is right) · Signals: decided(), failed(what, next)
// Threads: the window's.
#pragma once

#include <QQmlEngine>
#include <QVariantList>

#include "src/ledger/differences.h"
#include "src/ui/reading.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class DifferenceModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(QString kind READ kind NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString place READ place NOTIFY changed FINAL)
    Q_PROPERTY(QString fieldText READ fieldText NOTIFY changed FINAL)
    Q_PROPERTY(QString editor READ editor NOTIFY changed FINAL)
    Q_PROPERTY(QStringList choices READ choices NOTIFY changed FINAL)
    Q_PROPERTY(bool hasBase READ hasBase NOTIFY changed FINAL)
    Q_PROPERTY(QString baseText READ baseText NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList shownRuns READ shownRuns NOTIFY changed FINAL)
    Q_PROPERTY(QString shownText READ shownText NOTIFY changed FINAL)
    Q_PROPERTY(QString whyText READ whyText NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList values READ values NOTIFY valuesChanged FINAL)
    Q_PROPERTY(int picked READ picked WRITE setPicked NOTIFY changed FINAL)
    Q_PROPERTY(QString ownText READ ownText WRITE setOwnText NOTIFY changed FINAL)
    Q_PROPERTY(bool canDecide READ canDecide NOTIFY changed FINAL)
    Q_PROPERTY(bool isChanged READ isChanged NOTIFY changed FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY changed FINAL)
    Q_PROPERTY(QString recordId READ recordId CONSTANT FINAL)
    Q_PROPERTY(QString field READ field CONSTANT FINAL)
    Q_PROPERTY(QString taskId READ taskId NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    static constexpr int kNone = -1;
    static constexpr int kOwn = -2;

    DifferenceModel(HomeThread& reader, StoreThread& store, const RecordId& record, const QString& field,
                    QObject* parent = nullptr);

    Q_INVOKABLE void decide();
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void look();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString kind() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString place() const;
    [[nodiscard]] QString fieldText() const;
    [[nodiscard]] QString editor() const;
    [[nodiscard]] QStringList choices() const;
    [[nodiscard]] bool hasBase() const { return !m_shown.base.is_null(); }
    [[nodiscard]] QString baseText() const;
    [[nodiscard]] QVariantList shownRuns() const;
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] QString whyText() const;
    [[nodiscard]] QVariantList values() const { return m_values; }
    [[nodiscard]] int picked() const { return m_picked; }
    void setPicked(int picked);
    [[nodiscard]] QString ownText() const { return m_ownText; }
    void setOwnText(const QString& text);
    [[nodiscard]] bool canDecide() const;
    [[nodiscard]] bool isChanged() const { return m_isChanged; }
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    [[nodiscard]] QString recordId() const;
    [[nodiscard]] QString field() const { return m_field; }
    [[nodiscard]] QString taskId() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void changed();
    void valuesChanged();
    void decided();
    void failed(const QString& what, const QString& next);

private:
    struct Loaded {
        ledger::Difference difference;
        QVariantList values;
    };
    void take(Result<Loaded> loaded);
    void save(const std::function<Result<sync::EditAnswer>(ledger::Home&)>& work);

    StoreThread& m_store;
    RecordId m_record;
    QString m_field;
    ledger::Difference m_shown;
    QVariantList m_values;
    QString m_ownText;
    std::optional<Error> m_error;
    int m_picked = kNone;
    bool m_isReady = false;
    bool m_isChanged = false;
    bool m_isSaving = false;
    bool m_isDecided = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
