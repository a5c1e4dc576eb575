// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Office work from a device: who may, what a repeated request does, what travels, what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "src/ledger/county_folder.h"
#include "src/office/devices.h"
#include "sync/engine/enrolment.h"
#include "sync/transport/blob_messages.h"
#include "tests/support/county_box.h"

namespace hezhang::office {
namespace {

using ledger::CountyFolder;
using sync::OfficeStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr WallMs kHour = WallMs{3600} * 1000;
constexpr WallMs kDay = 24 * kHour;
constexpr std::string_view kUnits =
    "name,short_names,kind,parent\n县民政局,民政局,department,\n甲镇,,town,\n";

using test::taken;

// Carries requests to the county and keeps the last one. `answer` replaces what comes back.
class Link final : public sync::Transport {
public:
    explicit Link(CountyFolder& county) : m_county(county) {}
    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        EXPECT_EQ(path, sync::kOfficePath);
        last = copyOf(body);
        ++count;
        HZ_TRY(Bytes handled, m_county.handleOffice(body));
        largest = std::max(largest, handled.size());
        if (answer) {
            return *answer;
        }
        return sync::Answer{handled.empty() ? 400 : 200, std::string(sync::kContentType), std::move(handled)};
    }
    sync::Traffic traffic() const override { return {}; }

    Bytes last;
    int count = 0;
    std::size_t largest = 0;
    std::optional<Result<sync::Answer>> answer;

private:
    CountyFolder& m_county;
};

class CountyOffice : public ::testing::Test {
protected:
    CountyOffice() {
        EXPECT_TRUE(CountyFolder::init(m_root / "county", {"测试县", "公开办", sync::SuiteId::international},
                                       environment()));
        m_county = taken(CountyFolder::open(m_root / "county", environment()));
        EXPECT_TRUE(m_county->importUnits(kUnits));
        m_link.emplace(*m_county);
        m_me = enrol("公开办", "马主任", "office");
        m_office = keyOf(m_me);
        m_town = taken(ledger::findUnit(m_county->county().projection(), "甲镇"));
    }

    [[nodiscard]] static const sync::Suite& suite() { return *sync::suiteFor(sync::SuiteId::international); }
    [[nodiscard]] ledger::Environment environment() { return {m_clock, m_random}; }
    [[nodiscard]] OfficeKey keyOf(const sync::Identity& device) const {
        return {"http://10.0.0.1:8420", device.enrolment.device, device.macKey, &suite()};
    }
    [[nodiscard]] Result<sync::Identity> enrolWith(const std::string& code) {
        const auto enrolment = taken(sync::Enrolment::begin(suite(), m_random, code));
        const auto answer = taken(m_county->handleEnrol(enrolment.request()));
        return enrolment.onAnswer(suite(), answer);
    }
    [[nodiscard]] sync::Identity enrol(const std::string& unit, const std::string& person,
                                       const std::string& role) {
        return taken(enrolWith(taken(m_county->invite({unit, person, role}, std::nullopt)).code));
    }
    [[nodiscard]] Result<Invited> invite(const std::string& code, const std::string& person = "张三",
                                         const std::string& role = "clerk", WallMs life = kDay) {
        return office::invite(m_office, *m_link, {m_town, {}, person, role, life}, code);
    }
    [[nodiscard]] std::string newCode() { return sync::newCode(m_random); }
    [[nodiscard]] std::uint64_t logSize() { return taken(m_county->county().size()); }
    [[nodiscard]] std::size_t openCount() {
        return taken(m_county->store().openInvitations(m_clock.now(), 10'000)).size();
    }
    // The county's answer to the very bytes that were sent before.
    [[nodiscard]] std::optional<sync::OfficeAnswer> answerTo(const Bytes& request, const OfficeKey& asker) {
        const Bytes answer = taken(m_county->handleOffice(request));
        const auto opened = sync::openFrame(answer);
        if (!opened ||
            !sync::isMacOf(suite(), opened->frame, asker.key, sync::openFrame(request)->frame.tag)) {
            return std::nullopt;
        }
        return taken(sync::decode<sync::OfficeAnswer>(opened->plain, "answer"));
    }
    template <class Content>
    [[nodiscard]] Bytes framed(const OfficeKey& asker, const Content& content) const {
        return sync::frameWithMac(suite(), sync::encode(sync::OfficeRequest{asker.device, content}),
                                  asker.key, {});
    }
    template <class Content>
    [[nodiscard]] OfficeStatus statusOf(const OfficeKey& asker, const Content& content) {
        const auto answer = answerTo(framed(asker, content), asker);
        EXPECT_TRUE(answer);
        EXPECT_TRUE(answer->status == OfficeStatus::ok ||
                    (answer->devices.empty() && answer->invitations.empty()));
        return answer->status;
    }
    [[nodiscard]] sync::InvitePerson invitationOf(const OfficeKey& asker, const std::string& code) const {
        const Bytes codeId = sync::codeIdOf(suite(), code);
        return {decltype(sync::InvitePerson::codeId)::of(codeId),
                sync::maskedCodeKey(suite(), asker.key, codeId, Hash::of(sync::codeKeyOf(suite(), code))),
                m_town,
                {},
                "张三",
                "clerk",
                kDay};
    }

    FakeClock m_clock;
    SeededRandom m_random{11};
    test::TemporaryFolder m_root;
    std::unique_ptr<CountyFolder> m_county;
    std::optional<Link> m_link;
    sync::Identity m_me;
    OfficeKey m_office;
    RecordId m_town;
};

// -- inviting

TEST_F(CountyOffice, WhoIsInvitedEnrolsWithTheCodeThatTheDeviceDrew) {
    const std::string code = newCode();

    const Invited invited = taken(invite(code));
    const sync::Identity device = taken(enrolWith(code));

    EXPECT_EQ(invited.expiresAt, m_clock.now() + kDay);
    EXPECT_EQ(invited.url, "http://10.0.0.1:8420");
    EXPECT_EQ(device.personName, "张三");
    EXPECT_EQ(device.unitName, "甲镇");
    EXPECT_EQ(device.enrolment.role, "clerk");
    const DeviceList list = taken(devices(m_office, *m_link));
    ASSERT_THAT(list.devices, SizeIs(2));
    EXPECT_EQ(list.devices[1].device, device.enrolment.device);
    EXPECT_EQ(list.devices[1].personName, "张三");
    EXPECT_EQ(list.devices[1].enrolledAt, m_clock.now());
    EXPECT_FALSE(list.devices[1].isRevoked);
    EXPECT_THAT(list.invitations, IsEmpty());
}

TEST(CountyOfficeOfTheChineseSuite, InvitesAsWell) {
    FakeClock clock;
    SeededRandom random{5};
    const test::TemporaryFolder root;
    const sync::Suite& suite = *sync::suiteFor(sync::SuiteId::sm);
    ASSERT_TRUE(
        CountyFolder::init(root / "county", {"测试县", "公开办", sync::SuiteId::sm}, {clock, random}));
    auto county = taken(CountyFolder::open(root / "county", {clock, random}));
    const auto enrolWith = [&](const std::string& code) {
        const auto enrolment = taken(sync::Enrolment::begin(suite, random, code));
        return enrolment.onAnswer(suite, taken(county->handleEnrol(enrolment.request())));
    };
    const auto me =
        taken(enrolWith(taken(county->invite({"公开办", "马主任", "office"}, std::nullopt)).code));
    const OfficeKey key{"http://10.0.0.1", me.enrolment.device, me.macKey, &suite};
    Link link(*county);
    const std::string code = sync::newCode(random);

    ASSERT_TRUE(office::invite(key, link, {me.enrolment.unit, {}, "李四", "auditor", kDay}, code));

    EXPECT_EQ(taken(enrolWith(code)).personName, "李四");
}

TEST_F(CountyOffice, NothingThatTravelsLeadsToTheCode) {
    const std::string code = newCode();
    ASSERT_TRUE(invite(code));

    const Bytes plain = taken(sync::openFrame(m_link->last)).plain;
    const auto holds = [&](BytesView part) {
        return std::search(plain.begin(), plain.end(), part.begin(), part.end()) != plain.end();
    };
    const Bytes key = sync::codeKeyOf(suite(), code);
    EXPECT_FALSE(holds(viewOf(code)));
    EXPECT_FALSE(holds(BytesView(key).first(8)));
    EXPECT_TRUE(holds(sync::codeIdOf(suite(), code)));
    // The county has the key all the same, and under another message key it would be another.
    EXPECT_EQ(taken(m_county->store().invitation(sync::codeIdOf(suite(), code)))->codeKey, key);
    EXPECT_NE(
        sync::maskedCodeKey(suite(), {}, sync::codeIdOf(suite(), code), invitationOf(m_office, code).codeKey),
        Hash::of(key));
}

TEST_F(CountyOffice, TwoCodesAreMaskedDifferently) {
    const Hash same = Hash::of(Bytes(Hash::kSize, 7));
    EXPECT_NE(sync::maskedCodeKey(suite(), m_office.key, Bytes(8, 1), same),
              sync::maskedCodeKey(suite(), m_office.key, Bytes(8, 2), same));
}

TEST_F(CountyOffice, ARepeatedRequestIsTheSameInvitation) {
    const std::string code = newCode();
    const Invited first = taken(invite(code));
    const Bytes request = m_link->last;
    const std::uint64_t size = logSize();
    m_clock.advance(kHour);

    const Invited again = taken(invite(code));
    const auto repeated = answerTo(request, m_office);

    EXPECT_EQ(again.expiresAt, first.expiresAt);
    EXPECT_EQ(repeated->expiresAt, first.expiresAt);
    EXPECT_EQ(openCount(), 1U);
    EXPECT_EQ(logSize(), size);
    EXPECT_THAT(taken(m_county->persons()), SizeIs(2));  // the office's own, and the one
}

TEST_F(CountyOffice, ARepeatedRequestOpensNoCodeThatWasUsedOrHasExpired) {
    const std::string used = newCode();
    ASSERT_TRUE(invite(used));
    const Bytes usedRequest = m_link->last;
    ASSERT_TRUE(enrolWith(used));
    const std::string expired = newCode();
    ASSERT_TRUE(invite(expired, "李四"));
    const Bytes expiredRequest = m_link->last;
    m_clock.advance(kDay + 1);

    EXPECT_EQ(answerTo(usedRequest, m_office)->status, OfficeStatus::codeSpent);
    EXPECT_EQ(answerTo(expiredRequest, m_office)->status, OfficeStatus::codeSpent);
    EXPECT_EQ(invite(expired, "李四").error().code, ErrorCode::badCode);

    EXPECT_EQ(openCount(), 0U);
    EXPECT_EQ(enrolWith(used).error().code, ErrorCode::badCode);
    EXPECT_EQ(enrolWith(expired).error().code, ErrorCode::badCode);
}

TEST_F(CountyOffice, ACodeIsNotGivenToASecondInvitation) {
    const std::string code = newCode();
    ASSERT_TRUE(invite(code));

    EXPECT_EQ(invite(code, "李四").error().code, ErrorCode::usage);
    EXPECT_EQ(invite(code, "张三", "leader").error().code, ErrorCode::usage);
    sync::InvitePerson otherKey = invitationOf(m_office, code);
    otherKey.codeKey.bytes[0] ^= 1;
    EXPECT_EQ(statusOf(m_office, otherKey), OfficeStatus::codeTaken);

    EXPECT_EQ(taken(enrolWith(code)).personName, "张三");
}

TEST_F(CountyOffice, EveryRoleMayBeInvited) {
    for (const std::string_view role : ledger::kRoles) {
        const std::string code = newCode();
        ASSERT_TRUE(invite(code, "人" + std::string(role), std::string(role))) << role;
        EXPECT_EQ(taken(enrolWith(code)).enrolment.role, role);
    }
}

TEST_F(CountyOffice, WhatDoesNotFitIsRefusedAndLeavesNoTrace) {
    const std::uint64_t size = logSize();
    const auto refusal = [&](const RecordId& unit, const std::string& person, const std::string& role,
                             WallMs life) {
        const auto answer = office::invite(m_office, *m_link, {unit, {}, person, role, life}, newCode());
        return answer ? ErrorCode::internal : answer.error().code;
    };
    const RecordId person = taken(m_county->persons()).front().person;

    EXPECT_EQ(refusal(RecordId{}, "张三", "clerk", kDay), ErrorCode::unknownUnit);
    EXPECT_EQ(refusal(m_random.draw<RecordId>(), "张三", "clerk", kDay), ErrorCode::unknownUnit);
    EXPECT_EQ(refusal(person, "张三", "clerk", kDay), ErrorCode::unknownUnit);
    const std::string longName(101, 'a');
    for (const std::string& name : {std::string(), longName, std::string("\xB3\xC7"), std::string("a\nb")}) {
        EXPECT_EQ(refusal(m_town, name, "clerk", kDay), ErrorCode::badValue) << name;
    }
    for (const char* role : {"", "county", "boss"}) {
        EXPECT_EQ(refusal(m_town, "张三", role, kDay), ErrorCode::badValue) << role;
    }
    for (const WallMs life : {WallMs{0}, WallMs{-1}, sync::kInvitationLifeMin - 1,
                              sync::kInvitationLifeMax + 1, std::numeric_limits<WallMs>::max()}) {
        EXPECT_EQ(refusal(m_town, "张三", "clerk", life), ErrorCode::badValue) << life;
    }

    EXPECT_EQ(logSize(), size);
    EXPECT_EQ(openCount(), 0U);
    EXPECT_THAT(taken(m_county->persons()), SizeIs(1));
}

TEST(CountyOfficeUnits, AUnitThatWasDeletedTakesNobody) {
    test::CountyBox county;
    const auto home = county.enrol("office", "公开办", "马主任", "office");
    const RecordId unit = taken(ledger::findUnit(home->state(), "乙镇"));
    ASSERT_TRUE(home->deleteRecord(unit));
    county.sync(*home);

    const auto answer = office::invite(taken(officeKeyOf(*home)), county.transport(),
                                       {unit, {}, "张三", "clerk", kDay}, "7K2M-9QXD-4TRW-0B1C");

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::unknownUnit);
}

TEST_F(CountyOffice, OnlySoManyInvitationsAreOpen) {
    const auto put = [&](std::uint8_t kind, const DeviceId& invitedBy) {
        sync::WriteScope scope = taken(sync::WriteScope::begin(m_county->store()));
        for (std::size_t i = 0; i < sync::kOpenInvitationsMax; ++i) {
            const Bytes codeId{static_cast<std::uint8_t>(i), kind, 0, 0, 0, 0, 0, 0};
            ASSERT_TRUE(m_county->store().putInvitation({codeId,
                                                         Bytes(32, 1),
                                                         {},
                                                         m_town,
                                                         "clerk",
                                                         "某人",
                                                         "甲镇",
                                                         m_clock.now() + kDay,
                                                         {},
                                                         invitedBy}));
        }
        ASSERT_TRUE(scope.commit());
    };
    put(1, {});
    EXPECT_TRUE(invite(newCode(), "李四")) << "the operator's are not counted";
    put(2, m_office.device);
    const std::string code = newCode();

    EXPECT_EQ(invite(code).error().code, ErrorCode::tooMany);
    EXPECT_THAT(taken(devices(m_office, *m_link)).invitations, SizeIs(sync::kOpenInvitationsMax));
    EXPECT_LT(m_link->largest, sync::kMessageMax);
    m_clock.advance(kDay + 1);
    EXPECT_TRUE(invite(code));
}

TEST_F(CountyOffice, TheAddressIsTheOneTheOperatorNamedElseTheOneThatTheDeviceUses) {
    ASSERT_TRUE(m_county->announce("http://127.0.0.1:8420", "https://gk.example.cn/hz"));
    EXPECT_EQ(taken(invite(newCode())).url, "https://gk.example.cn/hz");
    for (const char* listening : {"http://127.0.0.1:8420", "https://0.0.0.0:8420", "http://10.9.9.9:8420"}) {
        ASSERT_TRUE(m_county->announce(listening, ""));
        EXPECT_EQ(taken(invite(newCode(), std::string("人") + listening)).url, "http://10.0.0.1:8420");
    }
}

TEST_F(CountyOffice, AnInvitationEndsWithTheDeviceThatMadeIt) {
    const OfficeKey thief = keyOf(enrol("公开办", "马主任", "office"));
    const std::string code = newCode();
    ASSERT_TRUE(office::invite(thief, *m_link, {m_town, {}, "张三", "office", kDay}, code));
    EXPECT_THAT(taken(devices(m_office, *m_link)).invitations, SizeIs(1));

    ASSERT_TRUE(revoke(m_office, *m_link, thief.device));

    EXPECT_EQ(enrolWith(code).error().code, ErrorCode::badCode);
    EXPECT_THAT(taken(devices(m_office, *m_link)).invitations, IsEmpty());
}

TEST_F(CountyOffice, AnInvitationEndsWithThePersonWhoMadeItAndTheOneItIsFor) {
    const OfficeKey second = keyOf(enrol("公开办", "刘科长", "office"));
    const std::string byWhoLeft = newCode();
    const std::string forWhoLeft = newCode();
    const std::string other = newCode();
    ASSERT_TRUE(office::invite(second, *m_link, {m_town, {}, "张三", "clerk", kDay}, byWhoLeft));
    ASSERT_TRUE(invite(forWhoLeft, "李四"));
    ASSERT_TRUE(invite(other, "王五"));

    ASSERT_TRUE(m_county->endPerson("刘科长"));
    ASSERT_TRUE(m_county->endPerson("李四"));

    EXPECT_EQ(enrolWith(byWhoLeft).error().code, ErrorCode::badCode);
    EXPECT_EQ(enrolWith(forWhoLeft).error().code, ErrorCode::badCode);
    EXPECT_TRUE(enrolWith(other));
}

TEST_F(CountyOffice, AWithdrawnInvitationIsOfNoUseAndComesBackByNoRequest) {
    const std::string code = newCode();
    ASSERT_TRUE(invite(code));
    const Bytes request = m_link->last;
    const auto listed = taken(devices(m_office, *m_link)).invitations;
    ASSERT_THAT(listed, SizeIs(1));
    EXPECT_EQ(listed[0].invitedBy, m_office.device);

    ASSERT_TRUE(withdraw(m_office, *m_link, listed[0].codeId.view()));
    EXPECT_TRUE(withdraw(m_office, *m_link, listed[0].codeId.view()));

    EXPECT_EQ(enrolWith(code).error().code, ErrorCode::badCode);
    EXPECT_EQ(answerTo(request, m_office)->status, OfficeStatus::codeSpent);
    EXPECT_EQ(openCount(), 0U);
    EXPECT_EQ(withdraw(m_office, *m_link, Bytes(8, 1)).error().code, ErrorCode::notFound);
}

TEST_F(CountyOffice, AnInvitationThatWasUsedIsNotWithdrawn) {
    const std::string code = newCode();
    ASSERT_TRUE(invite(code));
    const auto device = taken(sync::Enrolment::begin(suite(), m_random, code));
    const Bytes asked = device.request();
    ASSERT_TRUE(device.onAnswer(suite(), taken(m_county->handleEnrol(asked))));

    EXPECT_EQ(withdraw(m_office, *m_link, sync::codeIdOf(suite(), code)).error().code, ErrorCode::notFound);

    EXPECT_TRUE(device.onAnswer(suite(), taken(m_county->handleEnrol(asked)))) << "its answer was lost";
}

TEST_F(CountyOffice, AnInvitationIsForThePersonWhoWasPicked) {
    ASSERT_TRUE(invite(newCode(), "张三"));
    const auto personOf = [&](const std::string& name) {
        for (const ledger::PersonListing& one : taken(m_county->persons())) {
            if (one.name == name) {
                return one.person;
            }
        }
        return RecordId{};
    };
    const RecordId known = personOf("张三");

    EXPECT_EQ(invite(newCode(), "张三").error().code, ErrorCode::ambiguous) << "somebody new of that name";
    const std::string code = newCode();
    ASSERT_TRUE(office::invite(m_office, *m_link, {m_town, known, "", "leader", kDay}, code));
    EXPECT_EQ(office::invite(m_office, *m_link, {m_me.enrolment.unit, known, "", "clerk", kDay}, newCode())
                  .error()
                  .code,
              ErrorCode::notFound)
        << "of another unit";

    const sync::Identity device = taken(enrolWith(code));
    EXPECT_EQ(device.enrolment.person, known);
    EXPECT_EQ(device.personName, "张三");
    EXPECT_EQ(device.enrolment.role, "leader");
}

TEST_F(CountyOffice, InvitationsThatAreOpenAreListedByTheirEnd) {
    ASSERT_TRUE(invite(newCode(), "王五", "leader", 2 * kDay));
    ASSERT_TRUE(invite(newCode(), "赵六", "clerk", kDay));

    const DeviceList list = taken(devices(m_office, *m_link));

    ASSERT_THAT(list.invitations, SizeIs(2));
    EXPECT_EQ(list.invitations[0].personName, "赵六");
    EXPECT_EQ(list.invitations[1].personName, "王五");
    EXPECT_EQ(list.invitations[1].unitName, "甲镇");
    EXPECT_EQ(list.invitations[1].role, "leader");
    EXPECT_EQ(list.invitations[1].expiresAt, m_clock.now() + 2 * kDay);
}

// -- who may

TEST_F(CountyOffice, DevicesOfOtherRolesAreRefusedWhateverTheyAsk) {
    for (const std::string_view role : ledger::kRoles) {
        if (role == "office") {
            continue;
        }
        const OfficeKey other = keyOf(enrol("民政局", "人" + std::string(role), std::string(role)));
        const std::uint64_t size = logSize();
        const std::size_t open = openCount();

        EXPECT_EQ(statusOf(other, sync::ListDevices{}), OfficeStatus::refused) << role;
        EXPECT_EQ(statusOf(other, invitationOf(other, newCode())), OfficeStatus::refused) << role;
        EXPECT_EQ(statusOf(other, sync::RevokeDevice{m_office.device}), OfficeStatus::refused) << role;
        EXPECT_EQ(statusOf(other, sync::WithdrawInvitation{}), OfficeStatus::refused) << role;

        EXPECT_EQ(logSize(), size);
        EXPECT_EQ(openCount(), open);
    }
}

TEST_F(CountyOffice, ARevokedDeviceOfTheOfficeIsRefused) {
    ASSERT_TRUE(m_county->revoke(m_office.device.hex()));

    EXPECT_EQ(devices(m_office, *m_link).error().code, ErrorCode::revoked);
    EXPECT_EQ(invite(newCode()).error().code, ErrorCode::revoked);
    EXPECT_EQ(openCount(), 0U);
}

TEST_F(CountyOffice, APersonWhoHasLeftIsRefused) {
    ASSERT_TRUE(m_county->endPerson("马主任"));

    EXPECT_EQ(devices(m_office, *m_link).error().code, ErrorCode::revoked);
    EXPECT_EQ(invite(newCode()).error().code, ErrorCode::revoked);
}

TEST_F(CountyOffice, ADeviceTheCountyDoesNotKnowIsRefused) {
    OfficeKey stranger = m_office;
    stranger.device = m_random.draw<DeviceId>();
    stranger.key = taken(m_county->county().macKeyOf(stranger.device));  // as after a restore

    EXPECT_EQ(devices(stranger, *m_link).error().code, ErrorCode::revoked);
}

// -- revoking

TEST_F(CountyOffice, ARevokedDeviceIsListedSoAndASecondRevocationChangesNothing) {
    const sync::Identity town = enrol("甲镇", "张三", "clerk");
    ASSERT_TRUE(revoke(m_office, *m_link, town.enrolment.device));
    const std::uint64_t size = logSize();

    EXPECT_TRUE(revoke(m_office, *m_link, town.enrolment.device));

    EXPECT_EQ(logSize(), size);
    const DeviceList list = taken(devices(m_office, *m_link));
    ASSERT_THAT(list.devices, SizeIs(2));
    EXPECT_FALSE(list.devices[0].isRevoked);
    EXPECT_TRUE(list.devices[1].isRevoked);
}

TEST_F(CountyOffice, ADeviceDoesNotRevokeItselfNorTheCountyNorWhatIsNotThere) {
    const DeviceId countys = taken(m_county->store().devices()).front().enrolment.device;
    const std::uint64_t size = logSize();

    EXPECT_EQ(revoke(m_office, *m_link, m_office.device).error().code, ErrorCode::ownDevice);
    EXPECT_EQ(revoke(m_office, *m_link, countys).error().code, ErrorCode::notFound);
    EXPECT_EQ(revoke(m_office, *m_link, m_random.draw<DeviceId>()).error().code, ErrorCode::notFound);

    EXPECT_EQ(logSize(), size);
    EXPECT_TRUE(devices(m_office, *m_link));
}

TEST_F(CountyOffice, AnotherDeviceOfTheOfficeMayRevokeThisOne) {
    const OfficeKey second = keyOf(enrol("公开办", "马主任", "office"));
    ASSERT_TRUE(revoke(second, *m_link, m_office.device));
    EXPECT_EQ(devices(m_office, *m_link).error().code, ErrorCode::revoked);
}

// -- the list

TEST_F(CountyOffice, AListOfAnyLengthComesInPagesOfBoundedSize) {
    sync::WriteScope scope = taken(sync::WriteScope::begin(m_county->store()));
    for (std::uint64_t i = 0; i < 600; ++i) {
        ASSERT_TRUE(m_county->store().putDevice(
            {{m_random.draw<DeviceId>(), Bytes(32, 1), {}, m_town, "clerk"}, 1000 + i, false}));
    }
    ASSERT_TRUE(scope.commit());

    const DeviceList list = taken(devices(m_office, *m_link));

    EXPECT_THAT(list.devices, SizeIs(601));
    EXPECT_EQ(m_link->count, 3);
    EXPECT_LT(m_link->largest, sync::kMessageMax);
    EXPECT_EQ(answerTo(framed(m_office, sync::ListDevices{}), m_office)->devices.size(),
              sync::kListedDevicesMax);
}

TEST_F(CountyOffice, ADeviceWhoseLaneForkedIsShownAsCopied) {
    const sync::Identity town = enrol("甲镇", "张三", "clerk");
    const auto lane = m_random.draw<LaneId>();
    sync::WriteScope scope = taken(sync::WriteScope::begin(m_county->store()));
    sync::LaneRow row;
    row.lane = lane;
    row.scope = "common";
    row.device = town.enrolment.device;
    ASSERT_TRUE(m_county->store().putLane(row));
    ASSERT_TRUE(m_county->store().addBranch({0, lane, 0, 1, 3}));
    ASSERT_TRUE(m_county->store().addBranch({0, lane, 0, 1, 2}));
    ASSERT_TRUE(scope.commit());

    const DeviceList list = taken(devices(m_office, *m_link));

    ASSERT_THAT(list.devices, SizeIs(2));
    EXPECT_EQ(list.devices[0].branches, 1U);
    EXPECT_EQ(list.devices[1].branches, 2U);
}

// -- hostile bytes, other answers

TEST_F(CountyOffice, BytesThatAreNoRequestGetNoAnswerAndChangeNothing) {
    const std::uint64_t size = logSize();
    const Bytes good = framed(m_office, invitationOf(m_office, newCode()));
    std::vector<Bytes> hostile{{}, Bytes(5000, 0), Bytes(sync::kOfficeRequestMax + 1, 0xff)};
    for (std::size_t at = 0; at < good.size(); ++at) {
        hostile.push_back(good);
        hostile.back()[at] ^= 0x20;
        hostile.push_back(copyOf(BytesView(good).first(at)));
    }
    // What is authentic and of another route, of an unknown kind, or larger than any request.
    sync::BlobGet get;
    get.device = m_office.device;
    hostile.push_back(sync::frameWithMac(suite(), sync::encode(get), m_office.key, {}));
    Bytes unknownKind = sync::encode(sync::OfficeRequest{m_office.device, sync::ListDevices{}});
    unknownKind[unknownKind.size() - 2] = 4;
    hostile.push_back(sync::frameWithMac(suite(), unknownKind, m_office.key, {}));
    sync::InvitePerson large = invitationOf(m_office, newCode());
    Bytes noise(6000);
    m_random.fill(noise);
    large.personName = toHex(noise);
    hostile.push_back(framed(m_office, large));

    for (const Bytes& bytes : hostile) {
        EXPECT_THAT(taken(m_county->handleOffice(bytes)), IsEmpty()) << toHex(bytes).substr(0, 80);
    }

    EXPECT_EQ(logSize(), size);
    EXPECT_EQ(openCount(), 0U);
}

TEST_F(CountyOffice, AnOfficeRequestIsNoMessageOfAnotherRoute) {
    const Bytes request = framed(m_office, invitationOf(m_office, newCode()));
    EXPECT_THAT(taken(m_county->handleSync({&request, 1})), ElementsAre(IsEmpty()));
    EXPECT_THAT(taken(m_county->handleEnrol(request)), IsEmpty());
    EXPECT_THAT(taken(m_county->handleBlobPut(request)), IsEmpty());
    EXPECT_THAT(taken(m_county->handleBlobGet(request)), IsEmpty());
}

TEST_F(CountyOffice, AnAnswerToAnotherRequestIsNotTaken) {
    ASSERT_TRUE(devices(m_office, *m_link));
    const Bytes old = taken(m_county->handleOffice(m_link->last));
    m_link->answer = sync::Answer{200, std::string(sync::kContentType), old};

    EXPECT_EQ(revoke(m_office, *m_link, m_random.draw<DeviceId>()).error().code, ErrorCode::notOurServer);
}

TEST_F(CountyOffice, WhatElseMayAnswerIsToldApart) {
    const auto codeOf = [&](Result<sync::Answer> answer) {
        m_link->answer = std::move(answer);
        return devices(m_office, *m_link).error().code;
    };
    EXPECT_EQ(codeOf(sync::Answer{200, "text/html", copyOf(viewOf("<p>log in</p>"))}),
              ErrorCode::notOurServer);
    EXPECT_EQ(codeOf(sync::Answer{404, "text/html", {}}), ErrorCode::notOurServer);
    EXPECT_EQ(codeOf(sync::Answer{404, "text/plain; charset=utf-8", copyOf(viewOf("no such page\n"))}),
              ErrorCode::wrongVersion);
    EXPECT_EQ(codeOf(sync::Answer{503, "text/plain", {}}), ErrorCode::storageBusy);
    EXPECT_EQ(codeOf(fail(ErrorCode::unreachable, "no network")), ErrorCode::unreachable);
}

}  // namespace
}  // namespace hezhang::office
