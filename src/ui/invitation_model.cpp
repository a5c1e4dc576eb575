// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/invitation_model.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QRegularExpression>

#include "src/ledger/invitation.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/qr_code.h"
#include "src/ui/words.h"
#include "sync/engine/enrolment.h"

namespace hezhang::ui {

static const QString kRoleOfTheNew = QStringLiteral("clerk");
static constexpr WallMs kDayMs = WallMs{24} * 3600 * 1000;

static QString roleHelpOf(std::string_view role) {
    if (role == "office") {
        return InvitationModel::tr("Leads the ledger: tasks, windows, review, devices.");
    }
    if (role == "clerk") {
        return InvitationModel::tr("Reports for the unit.");
    }
    if (role == "leader") {
        return InvitationModel::tr("Reads and reports for the unit.");
    }
    if (role == "checker") {
        return InvitationModel::tr("Reads everything, records checks on site.");
    }
    return InvitationModel::tr("Reads everything, changes nothing.");
}

RoleChoiceModel::RoleChoiceModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {
    // Those that are invited most in front.
    std::vector<Row> rows;
    for (const std::string_view role : {"clerk", "leader", "checker", "supervisor", "auditor", "office"}) {
        Row row{toQt(std::string(role)), {}};
        row.set(Role::role, row.key)
            .set(Role::title, Format::personRole(row.key))
            .set(Role::help, roleHelpOf(role));
        rows.push_back(std::move(row));
    }
    setRows(std::move(rows));
}

Result<InvitationModel::Loaded> InvitationModel::load(ledger::Home& home) {
    Loaded loaded;
    HZ_TRY(loaded.key, office::officeKeyOf(home));
    HZ_TRY(const std::vector<ledger::NamedUnit> units, ledger::units(home.state()));
    for (const ledger::NamedUnit& unit : units) {
        if (unit.isOver) {
            continue;
        }
        Row row{idText(unit.id), {}};
        row.set(UnitChoiceModel::Role::unitId, row.key).set(UnitChoiceModel::Role::title, toQt(unit.name));
        loaded.units.push_back(std::move(row));
    }
    HZ_TRY(const std::vector<ledger::PersonListing> persons, ledger::persons(home.state()));
    for (const ledger::PersonListing& person : persons) {
        using Role = PersonChoiceModel::Role;
        if (person.isEnded || person.name.empty()) {
            continue;
        }
        Row row{idText(person.unit) + QLatin1Char('/') + idText(person.person), {}};
        const QString role = toQt(person.role);
        row.set(Role::personId, idText(person.person))
            .set(Role::title, joined({toQt(person.name), Format::personRole(role)}))
            .set(Role::name, toQt(person.name))
            .set(Role::role, role);
        loaded.persons.push_back(std::move(row));
    }
    return loaded;
}

InvitationModel::InvitationModel(HomeThread& reader, NetworkThread& network, QObject* parent)
    : QObject(parent),
      m_network(network),
      m_units(this),
      m_persons(this),
      m_roles(this),
      m_reading(reader, this) {
    m_reading.define<Loaded>([] { return &InvitationModel::load; },
                             [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void InvitationModel::take(Result<Loaded> loaded) {
    m_isReady = true;
    if (loaded) {
        m_key = std::move(loaded->key);
        m_allPersons = std::move(loaded->persons);
        m_units.setRows(std::move(loaded->units));
        showPersons();
    } else {
        m_error = loaded.error();
    }
    emit changed();
}

void InvitationModel::showPersons() {
    using Role = PersonChoiceModel::Role;
    Row fresh{QStringLiteral("new"), {}};
    fresh.set(Role::personId, QString())
        .set(Role::title, tr("A new person"))
        .set(Role::name, QString())
        .set(Role::role, kRoleOfTheNew);
    std::vector<Row> rows{fresh};
    for (const Row& one : m_allPersons) {
        if (one.key.startsWith(m_unitId + QLatin1Char('/'))) {
            rows.push_back(one);
        }
    }
    m_persons.setRows(std::move(rows));
}

void InvitationModel::setUnitId(const QString& id) {
    if (m_unitId != id) {
        m_unitId = id;
        showPersons();
        setPersonId(QString());
    }
}

void InvitationModel::setPersonId(const QString& id) {
    using Role = PersonChoiceModel::Role;
    const int row = id.isEmpty() ? -1 : m_persons.indexOfKey(m_unitId + QLatin1Char('/') + id);
    m_personId = row < 0 ? QString() : id;
    m_personName = row < 0 ? QString() : m_persons.row(row).at(Role::name).toString();
    // Somebody new begins with the least, whatever role the one before him had.
    setRole(row < 0 ? kRoleOfTheNew : m_persons.row(row).at(Role::role).toString());
}

void InvitationModel::setPersonName(const QString& name) {
    m_personName = name;
    emit changed();
}

void InvitationModel::setRole(const QString& role) {
    m_role = role;
    emit changed();
}

void InvitationModel::setDays(int days) {
    m_days = days;
    emit changed();
}

QString InvitationModel::roleHelp() const {
    return roleHelpOf(m_role.toStdString());
}

bool InvitationModel::canInvite() const {
    return !m_isBusy && m_key && !m_unitId.isEmpty() && !m_personName.trimmed().isEmpty() &&
           !m_role.isEmpty();
}

office::Invitee InvitationModel::invitee() const {
    return {idOf(m_unitId), idOf(m_personId), m_personName.trimmed().toStdString(), m_role.toStdString(),
            m_days * kDayMs};
}

void InvitationModel::invite() {
    if (!canInvite()) {
        return;
    }
    m_isBusy = true;
    m_error.reset();
    const office::Invitee wanted = invitee();
    if (m_codeFor != wanted) {
        SystemRandom random;
        m_code = toQt(sync::newCode(random));
        m_codeFor = wanted;
    }
    emit changed();
    const auto invited = std::make_shared<office::Invited>();
    m_network.run(
        m_key->url,
        [key = *m_key, wanted, code = m_code.toStdString(),
         invited](sync::Transport& transport) -> Result<void> {
            HZ_TRY(*invited, office::invite(key, transport, wanted, code));
            return {};
        },
        [guard = QPointer<InvitationModel>(this), invited](const Result<void>& result) {
            if (guard) {
                guard->takeAnswer(result, *invited);
            }
        });
}

void InvitationModel::takeAnswer(const Result<void>& result, const office::Invited& invited) {
    m_isBusy = false;
    if (!result) {
        m_error = result.error();
        // The county knows the code and it is of no use any more: the next try draws another.
        if (m_error->code == ErrorCode::badCode) {
            m_codeFor.reset();
        }
        emit changed();
        return;
    }
    m_invited = invited;
    const QImage image = qrImage(line());
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    // Inside the address: the code touches no file and no cache of pictures.
    m_picture = QStringLiteral("data:image/png;base64,") + QString::fromLatin1(png.toBase64());
    m_pictureModules = image.width();
    emit changed();
}

void InvitationModel::startAnew() {
    m_code.clear();
    m_codeFor.reset();
    m_invited.reset();
    m_error.reset();
    m_picture.clear();
    m_pictureModules = 0;
    setPersonId(QString());
}

QString InvitationModel::forText() const {
    const int unit = m_units.indexOfKey(m_unitId);
    return joined({unit < 0 ? QString() : m_units.row(unit).at(UnitChoiceModel::Role::title).toString(),
                   m_personName.trimmed(), Format::personRole(m_role)});
}

QStringList InvitationModel::groups() const {
    return isDone() ? m_code.split(QLatin1Char('-')) : QStringList();
}

QString InvitationModel::address() const {
    return m_invited ? toQt(m_invited->url) : QString();
}

QString InvitationModel::line() const {
    return m_invited ? toQt(ledger::invitationUri({m_invited->url, m_code.toStdString()})) : QString();
}

QString InvitationModel::untilText() const {
    return m_invited ? tr("Valid once, until %1").arg(Format::when(m_invited->expiresAt)) : QString();
}

void InvitationModel::copyLine() {
    QGuiApplication::clipboard()->setText(line());
    emit copied();
}

void InvitationModel::copyCode() {
    QGuiApplication::clipboard()->setText(code());
    emit copied();
}

QUrl InvitationModel::suggestedFile(const QUrl& folder) const {
    static const QRegularExpression bad(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]"));
    const QString name = joined({tr("Invitation"), forText()}).remove(bad).left(100);
    return QUrl::fromLocalFile(folder.toLocalFile() + QLatin1Char('/') + name + QStringLiteral(".png"));
}

void InvitationModel::savePicture(const QUrl& file) {
    QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        path += QLatin1String(".png");
    }
    const QStringList lines{forText(), tr("Address: %1").arg(address()),
                            tr("Invitation code: %1").arg(code()), untilText()};
    if (isDone() && qrCard(line(), lines).save(path, "PNG")) {
        emit saved(path);
    } else {
        const Message message = MessageTable::of(ErrorCode::fileUnwritable);
        emit saveFailed(message.what, message.next);
    }
}

QString InvitationModel::errorWhat() const {
    return m_error ? MessageTable::ofOnline(m_error->code).what : QString();
}

QString InvitationModel::errorNext() const {
    return m_error ? MessageTable::ofOnline(m_error->code).next : QString();
}

}  // namespace hezhang::ui
