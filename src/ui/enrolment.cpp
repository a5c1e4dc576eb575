// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/enrolment.h"

#include "src/ui/message_table.h"
#include "src/ui/qr_picture.h"
#include "src/ui/words.h"

namespace hezhang::ui {

bool Enrolment::takeLine(const QString& text) {
    const auto invitation = ledger::parseInvitation(text.trimmed().toStdString());
    if (invitation) {
        m_address = toQt(invitation->url);
        m_code = toQt(invitation->code);
    }
    return invitation.has_value();
}

void Enrolment::setAddress(const QString& address) {
    if (!takeLine(address)) {
        m_address = address;
    }
    emit changed();
}

void Enrolment::setCode(const QString& code) {
    if (!takeLine(code)) {
        m_code = code;
    }
    emit changed();
}

void Enrolment::readPicture(const QUrl& file) {
    const auto invitation = invitationInPicture(file.isLocalFile() ? file.toLocalFile() : file.toString());
    m_error.reset();
    if (invitation) {
        m_address = toQt(invitation->url);
        m_code = toQt(invitation->code);
    } else {
        m_error = invitation.error();
    }
    emit changed();
}

static std::string wholeAddress(const QString& typed) {
    const QString address = typed.trimmed();
    return (address.contains(QLatin1String("://")) ? address : QStringLiteral("https://") + address)
        .toStdString();
}

void Enrolment::enrol() {
    if (!canEnrol()) {
        return;
    }
    m_isBusy = true;
    m_error.reset();
    emit changed();
    const std::string url = wholeAddress(m_address);
    const std::string code = m_code.trimmed().toStdString();
    const std::string folder = m_session.folder().toStdString();
    const QPointer<Enrolment> guard(this);
    m_run = m_session.network().run(
        url,
        [folder, url, code](sync::Transport& transport) {
            RealClock clock;
            SystemRandom random;
            return ledger::Home::enroll(folder, url, code, transport, {clock, random});
        },
        [guard, session = QPointer<AppSession>(&m_session)](const Result<void>& result) {
            if (result && session) {
                session->open(session->folder());
            }
            if (!guard) {
                return;
            }
            guard->m_isBusy = false;
            if (result) {
                emit guard->enrolled();
            } else {
                guard->m_error = result.error();
            }
            emit guard->changed();
        });
}

void Enrolment::cancel() {
    if (m_isBusy) {
        m_run.cancel();
    }
}

QString Enrolment::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString Enrolment::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
