// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/typist.h"

#include <QCoreApplication>
#include <cstdio>

#include "tests/ui/ui_box.h"

namespace hezhang::test {

int runTypist(const QStringList& arguments) {
    ui::AppSession session(&noTransport);
    ui::Models models(session);
    session.store().setAutomaticSync(false);
    session.open(arguments.value(0));
    if (!QTest::qWaitFor([&] { return session.state() == ui::AppSession::State::Ready; }, kWaitMs)) {
        return 1;
    }
    const std::unique_ptr<ui::FilingFormModel> form(
        models.filingForm(arguments.value(1), QString(), arguments.value(2)));
    if (!QTest::qWaitFor([&] { return form->isReady(); }, kWaitMs)) {
        return 1;
    }
    QObject::connect(form.get(), &ui::FilingFormModel::draftStateChanged, form.get(), [&form] {
        if (form->draftState() == QLatin1String("saved")) {
            std::puts("kept");
            std::fflush(stdout);
        }
    });
    form->setText(arguments.value(3));
    return QCoreApplication::exec();
}

}  // namespace hezhang::test
