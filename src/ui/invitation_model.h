// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Inviting one person: for which unit, who, as what, for how long; then the code, as text and as a QR
// picture.
//
// For QML: units: UnitChoiceModel; persons: PersonChoiceModel (those of the unit, "a new person" in front);
//   roles: RoleChoiceModel · unitId, personId ("": a new one), personName, role, days (1, 7, 30) · canInvite,
//   isReady, isBusy, errorWhat, errorNext · invite(): again after an error is the same invitation · isDone:
//   the invitation stands; then forText, code, groups (of it), line (all of it), address, untilText,
//   picture (an address of a picture), pictureModules (its side) · copyLine(), copyCode(),
//   suggestedFile(folder), savePicture(url), startAnew()
// Signals: copied(); saved(path); saveFailed(what, next).
// Shape:   the code is drawn here and kept in memory only. Whoever leaves the page before it was handed over
//          invites again.
// Threads: the window's; the county is asked in the network thread.
#pragma once

#include <QUrl>

#include "src/office/devices.h"
#include "src/ui/network_thread.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

// Roles: unitId, title.
class UnitChoiceModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of another model")
public:
    enum class Role { unitId = Qt::UserRole + 1, title };
    Q_ENUM(Role)
    explicit UnitChoiceModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

// Roles: personId, title, name, role.
class PersonChoiceModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of another model")
public:
    enum class Role { personId = Qt::UserRole + 1, title, name, role };
    Q_ENUM(Role)
    explicit PersonChoiceModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

// Roles: role, title, help (what it may do).
class RoleChoiceModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of another model")
public:
    enum class Role { role = Qt::UserRole + 1, title, help };
    Q_ENUM(Role)
    explicit RoleChoiceModel(QObject* parent);
};

class InvitationModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(hezhang::ui::UnitChoiceModel* units READ units CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::PersonChoiceModel* persons READ persons CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::RoleChoiceModel* roles READ roles CONSTANT FINAL)
    Q_PROPERTY(QString unitId READ unitId WRITE setUnitId NOTIFY changed FINAL)
    Q_PROPERTY(QString personId READ personId WRITE setPersonId NOTIFY changed FINAL)
    Q_PROPERTY(QString personName READ personName WRITE setPersonName NOTIFY changed FINAL)
    Q_PROPERTY(QString role READ role WRITE setRole NOTIFY changed FINAL)
    Q_PROPERTY(QString roleHelp READ roleHelp NOTIFY changed FINAL)
    Q_PROPERTY(int days READ days WRITE setDays NOTIFY changed FINAL)
    Q_PROPERTY(bool canInvite READ canInvite NOTIFY changed FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(bool isDone READ isDone NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString forText READ forText NOTIFY changed FINAL)
    Q_PROPERTY(QString code READ code NOTIFY changed FINAL)
    Q_PROPERTY(QStringList groups READ groups NOTIFY changed FINAL)
    Q_PROPERTY(QString line READ line NOTIFY changed FINAL)
    Q_PROPERTY(QString address READ address NOTIFY changed FINAL)
    Q_PROPERTY(QString untilText READ untilText NOTIFY changed FINAL)
    Q_PROPERTY(QString picture READ picture NOTIFY changed FINAL)
    Q_PROPERTY(int pictureModules READ pictureModules NOTIFY changed FINAL)
public:
    InvitationModel(HomeThread& reader, NetworkThread& network, QObject* parent = nullptr);

    Q_INVOKABLE void invite();
    Q_INVOKABLE void startAnew();
    Q_INVOKABLE void copyLine();
    Q_INVOKABLE void copyCode();
    [[nodiscard]] Q_INVOKABLE QUrl suggestedFile(const QUrl& folder) const;
    Q_INVOKABLE void savePicture(const QUrl& file);

    [[nodiscard]] UnitChoiceModel* units() { return &m_units; }
    [[nodiscard]] PersonChoiceModel* persons() { return &m_persons; }
    [[nodiscard]] RoleChoiceModel* roles() { return &m_roles; }
    [[nodiscard]] QString unitId() const { return m_unitId; }
    [[nodiscard]] QString personId() const { return m_personId; }
    [[nodiscard]] QString personName() const { return m_personName; }
    [[nodiscard]] QString role() const { return m_role; }
    [[nodiscard]] QString roleHelp() const;
    [[nodiscard]] int days() const { return m_days; }
    [[nodiscard]] bool canInvite() const;
    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] bool isDone() const { return m_invited.has_value(); }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString forText() const;
    [[nodiscard]] QString code() const { return isDone() ? m_code : QString(); }
    [[nodiscard]] QStringList groups() const;
    [[nodiscard]] QString line() const;
    [[nodiscard]] QString address() const;
    [[nodiscard]] QString untilText() const;
    [[nodiscard]] QString picture() const { return m_picture; }
    [[nodiscard]] int pictureModules() const { return m_pictureModules; }

    void setUnitId(const QString& id);
    void setPersonId(const QString& id);
    void setPersonName(const QString& name);
    void setRole(const QString& role);
    void setDays(int days);

signals:
    void changed();
    void copied();
    void saved(const QString& path);
    void saveFailed(const QString& what, const QString& next);

private:
    struct Loaded {
        office::OfficeKey key;
        std::vector<Row> units;
        std::vector<Row> persons;  // keys: UNIT/PERSON
    };
    [[nodiscard]] static Result<Loaded> load(ledger::Home& home);
    void take(Result<Loaded> loaded);
    void showPersons();
    [[nodiscard]] office::Invitee invitee() const;
    void takeAnswer(const Result<void>& result, const office::Invited& invited);

    NetworkThread& m_network;
    UnitChoiceModel m_units;
    PersonChoiceModel m_persons;
    RoleChoiceModel m_roles;
    std::vector<Row> m_allPersons;
    std::optional<office::OfficeKey> m_key;
    QString m_unitId;
    QString m_personId;
    QString m_personName;
    QString m_role = QStringLiteral("clerk");
    int m_days = 7;
    // The code that was drawn, and for what: a second try of the same is the same invitation.
    QString m_code;
    std::optional<office::Invitee> m_codeFor;
    std::optional<office::Invited> m_invited;
    QString m_picture;
    int m_pictureModules = 0;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isBusy = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
