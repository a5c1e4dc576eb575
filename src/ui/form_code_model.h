// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The code on a printed form, typed or pasted: which form of this home it is, or that it is none
// (src/documents/form_code.h).
//
// For QML: phase: empty, reading (a photo), searching, found, unknown; isBusy: reading or searching · code:
// what is typed; codeLine: how far it is a code;
//   canCheck · units: ChoiceModel, first "" (any); unitId can be set: the unit on the paper · progress (0 …
//   1, below 0: not known) · facts: list of {label, value} of the form found · reasons: list of texts, why
//   there may be none · errorWhat, errorNext
// Calls: check(), stop(), readPicture(url): takes the code of a photo of the paper, and checks it
// Threads: the window's; the search runs in the reading thread.
#pragma once

#include <QQmlEngine>
#include <QUrl>
#include <QVariantList>

#include "src/documents/form_code.h"
#include "src/ui/choice_model.h"
#include "src/ui/long_work.h"
#include "src/ui/reading.h"

namespace hezhang::ui {

class FormCodeModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString phase READ phase NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString code READ code WRITE setCode NOTIFY changed FINAL)
    Q_PROPERTY(QString codeLine READ codeLine NOTIFY changed FINAL)
    Q_PROPERTY(bool canCheck READ canCheck NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* units READ units CONSTANT FINAL)
    Q_PROPERTY(QString unitId READ unitId WRITE setUnitId NOTIFY changed FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed FINAL)
    Q_PROPERTY(QStringList reasons READ reasons NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    explicit FormCodeModel(HomeThread& reader, QObject* parent = nullptr);

    Q_INVOKABLE void check();
    Q_INVOKABLE void readPicture(const QUrl& file);
    Q_INVOKABLE void stop() { m_work.stop(); }

    [[nodiscard]] QString phase() const;
    [[nodiscard]] bool isBusy() const { return m_phase == Phase::reading || m_phase == Phase::searching; }
    [[nodiscard]] QString code() const { return m_code; }
    void setCode(const QString& code);
    [[nodiscard]] QString codeLine() const;
    [[nodiscard]] bool canCheck() const { return !isBusy() && codeTyped().has_value(); }
    [[nodiscard]] ChoiceModel* units() { return &m_units; }
    [[nodiscard]] QString unitId() const { return m_unitId; }
    void setUnitId(const QString& id);
    [[nodiscard]] double progress() const { return m_work.part(); }
    [[nodiscard]] QVariantList facts() const { return m_answer.facts; }
    [[nodiscard]] QStringList reasons() const { return m_answer.reasons; }
    [[nodiscard]] QString errorWhat() const { return m_fault.what; }
    [[nodiscard]] QString errorNext() const { return m_fault.next; }

signals:
    void changed();

private:
    enum class Phase { empty, reading, searching, found, unknown };
    struct Answer {
        QVariantList facts;  // empty: nothing has this code
        QStringList reasons;
    };
    [[nodiscard]] std::optional<documents::FormCode> codeTyped() const;
    [[nodiscard]] static Result<Answer> find(ledger::Home& home, const documents::FormCode& code,
                                             const documents::FormHints& hints,
                                             const documents::Progress& progress);
    void take(Result<Answer> answer);
    void forget();

    HomeThread& m_reader;
    Phase m_phase = Phase::empty;
    QString m_code;
    QString m_unitId;
    Answer m_answer;
    Message m_fault;
    ChoiceModel m_units;
    LongWork m_work;
    Reading m_reading;
};

}  // namespace hezhang::ui
