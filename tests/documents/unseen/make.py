#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hezhang authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the documents from 31 on: ledgers and other papers of made-up places as Word, Excel, CSV, text and web pages, and as PDF
by way of LibreOffice.

    tests/documents/unseen/make.py [OUT] [SOFFICE]    # OUT: this folder; SOFFICE: for the PDF

What is expected of each was written by hand beside it, before a program read it.
"""
import pathlib
import subprocess
import sys
import tempfile

from files import (ON, Cell, Sheet, Value, begins, deleted, docx, hidden, inserted, moved_from, moved_to, p, run, struck, table,
                   text_box, whole, xlsx)

DOCUMENTS = {}


def document(name):
    def add(make):
        DOCUMENTS[name] = make
        return make
    return add


def text(content, encoding="utf-8"):
    return content.encode(encoding)


# --- Word: tables ------------------------------------------------------------------------------

@document("31-measures-under-one-number.docx")
def _():
    return docx(
        p("柳河市人民政府办公室"), p("关于印发2024年政务公开工作要点任务分解表的通知"), p("柳政办发〔2024〕12号"),
        p("各县（市、区）人民政府，市政府各部门："), p("现将任务分解表印发给你们，请认真贯彻执行。"),
        p("柳河市人民政府办公室"), p("2024年3月20日"), p("附件"), p("2024年政务公开工作要点任务分解表"),
        table([
            ["序号", "工作任务", "具体举措", "牵头单位", "责任单位", "完成时限"],
            [whole("一、深化重点领域信息公开（2项）", 6)],
            [begins("1"), begins("推进助企纾困信息公开"), "集中展示减税降费政策，每季度更新办税指南。", "市税务局", "市财政局、市工信局", "每季度"],
            [ON, ON, "公开涉企收费目录清单。", "市发改委", "各县（市、区）人民政府", "2024年6月底前"],
            ["2", "推进民生信息公开", "公开义务教育招生政策、招生计划。", "市教育局", "各县（市、区）人民政府", "8月底前"],
            [whole("二、强化政策解读（1项）", 6)],
            ["1", "提升解读质量", "重要政策文件图文解读比例不低于80%。", "市政府办公室", "市政府各部门", "全年"],
            [whole("注：各县（市、区）参照执行。", 6)]]),
        p("（此件主动公开）"))


@document("32-begin-and-end-below-one-heading.docx")
def _():
    return docx(
        p("青原区司法局2025年政务公开任务分工表"),
        table([
            [begins("序号"), begins("任务事项"), whole("责任分工", 2), whole("时间节点", 2), begins("完成标准"), begins("备注")],
            [ON, ON, "牵头科室", "配合科室", "启动时间", "完成时间", ON, ON],
            ["1", "编制政府信息公开工作年度报告。", "办公室", "各科室", "2025年1月5日", "2025年1月31日", "按时发布", ""],
            ["2", "更新政府信息公开指南。", "法规科", "办公室", "3月", "4月底", "指南信息准确", "每年更新"],
            ["3", "举办一次政府开放日活动。", "宣传科", "各司法所", "5月", "9月底前", "现场图片齐全", ""]]))


@document("33-chinese-numerals-as-numbers.docx")
def _():
    return docx(
        p("白山市自然资源局2024年政务公开重点任务清单"),
        table([
            ["序号", "重点任务", "目标要求", "责任处室", "时间节点", "推进情况"],
            ["一", "加强公文公开属性审查。", "公开属性标注率100%", "办公室", "长期坚持", ""],
            ["二", "做好规划信息公开。", "批准后公布", "规划处、用途管制处", "及时", ""],
            ["三", "完善考核机制。", "", "人事处", "年底前", ""]]))


@document("34-categories-and-leaders.docx")
def _():
    return docx(
        p("平湖县2024年政府工作报告目标任务分工方案"),
        table([
            ["类别", "任务内容", "牵头领导", "责任单位"],
            [begins("经济发展"), "地区生产总值增长6%左右。", "李明", "县发改局、县统计局"],
            [ON, "新增规上工业企业12家。", "王强", "县工信局，各乡镇（街道）"],
            [begins("民生保障"), "新建改扩建幼儿园3所。", begins("赵敏"), "县教体局"],
            [ON, "建设社区食堂10处。", ON, "县民政局"]]))


@document("35-changes-that-were-tracked.docx")
def _():
    return docx(
        p("云岭县2024年政务公开任务台账"),
        table([
            ["序号", "重点工作", "主要内容", "责任单位", "完成时限"],
            ["1", "政策解读", Cell(raw=p(raw=run("政策文件公布后") + deleted("5个") + inserted("3个") + run("工作日内发布解读。"))),
             Cell(raw=p(raw=run("县政府办、") + deleted("县文旅局") + inserted("县司法局"))), Cell(raw=p(raw=deleted("10月底") + inserted("11月底")))],
            [Cell(raw=p(raw=deleted("2"))), Cell(raw=p(raw=deleted("专区"))), Cell(raw=p(raw=deleted("建设公开专区。"))),
             Cell(raw=p(raw=deleted("县审批局"))), Cell(raw=p(raw=deleted("6月底")))],
            ["2", "依申请公开", Cell(raw=p(raw=run("规范答复文书。") + moved_from("开展业务培训。") + hidden("内部掌握。"))), "县司法局", "全年"],
            ["3", "队伍建设", Cell(raw=p(raw=moved_to("开展业务培训。") + run("每年不少于一次。"))), "县政府办", "12月底"]],
            deleted_rows=(2,)))


@document("36-a-table-cut-by-pages.docx")
def _():
    names = ["序号", "工作任务", "工作措施", "责任部门", "完成时间"]
    return docx(
        p("东川区2024年政务公开工作任务分解表"),
        table([names, ["1", begins("信息发布"), "规范发布流程。", "区政府办", "6月底"], ["2", ON, "清理过期栏目。", "区政府办、各街道", "8月底"]]),
        p("（续表）"),
        table([names, ["3", "", "公开财政预决算。", "区财政局", "10月底"], ["4", "互动交流", "办理网民留言。", "区信访局", "持续推进"]]),
        p("续表2"),
        table([["5", "监督考核", "纳入年度考核。", "区政府办", "12月底"]]),
        p("说明：各单位于6月10日、12月5日前报送进展情况。"))


@document("37-contacts-and-figures-beside-the-tasks.docx")
def _():
    return docx(
        p("关于做好2024年政务公开工作的通知"), p("各乡镇人民政府，县直各部门："), p("现将有关事项通知如下。"), p("附件1"),
        p("2024年政务公开重点任务分工"),
        table([["序号", "任务", "责任单位", "完成时限"], ["1", "更新机构职能信息。", "各乡镇、县直各部门", "5月底前"],
               ["2", "开展政务公开培训。", "县政府办公室", "9月底前"]]),
        p("附件2"), p("政务公开工作联络员名单"),
        table([["序号", "单位", "姓名", "职务", "联系电话"], ["1", "县教育局", "李四", "科员", "0953-1234567"], ["2", "县财政局", "王五", "科长", "0953-7654321"]]),
        p("附件3"), p("2023年政府信息公开情况统计表"),
        table([["单位", "主动公开数", "依申请公开数", "办结时限"], ["县教育局", "120", "3", "20个工作日"], ["县财政局", "98", "1", "20个工作日"]]))


@document("38-a-table-in-a-cell.docx")
def _():
    inner = table([["层级", "数量"], ["县级", "1个"], ["乡镇", "7个"]])
    return docx(
        p("清水县2025年政务公开任务台账"),
        table([
            ["序号", "重点工作", "主要内容", "责任单位", "完成时限"],
            ["1", "专区建设", Cell(raw=p("按下表建设政务公开专区：") + inner + p("做到标识统一。")), "县审批局，各乡镇", "6月底"],
            ["2", "队伍建设", "配齐工作人员。", "各乡镇", "3月底"]]))


@document("39-text-boxes-and-soft-lines.docx")
def _():
    return docx(
        p(raw=text_box("内部资料 注意保存") + run("南丰县2024年政务公开工作任务分解表")),
        table([
            ["序  号", "工 作\n任 务", "具体\n要求", "责 任\n单 位", "时 限\n要 求"],
            ["1", "政策文件库建设", "（1）梳理2018年以来的规范性文件；\n（2）标注有效性；\n（3）集中公开。",
             "县司法局\n县政府办\n各乡镇", "2024年\n7月底前"],
            ["2", Cell(raw=p(raw=run("公开\n专栏"))), Cell(raw=p(raw=run("及时更新专栏内容，") + text_box("重点") + run("每季度自查一次。"))),
             Cell(raw=p(raw=run("县财政局\n县审计局"))), "每季度末"]]))


@document("40-the-first-named-leads.docx")
def _():
    return docx(
        p("安宁市2024年重点任务责任分解表"),
        table([
            ["序号", "工作内容", "责任单位（排在第一位的为牵头单位）", "完成时限"],
            ["1", "推进老旧小区改造30个。", "市住建局、市财政局、各街道", "11月底"],
            ["2", "新增停车位500个。", "市城管局、市公安局", "10月底"]]))


@document("41-two-ledgers-in-one-file.docx")
def _():
    return docx(
        p("附件1"), p("2024年政务公开重点任务分工表"),
        table([["序号", "工作任务", "责任单位", "完成时限"], ["1", "公开重大建设项目批准结果。", "县发改局", "持续推进"], ["2", "公开乡村振兴资金。", "县农业农村局", "12月底"]]),
        p("附件2"), p("2023年政务公开工作“回头看”整改清单"),
        table([["序号", "存在问题", "整改措施", "责任单位", "整改时限"], ["1", "栏目更新不及时。", "每月排查空白栏目。", "县政府办", "2024年3月底"]]))


@document("42-quarters-as-columns.docx")
def _():
    return docx(
        p("凤台县2024年民生实事推进计划表"),
        table([
            ["序号", "项目名称", "建设内容", "责任单位", "第一季度", "第二季度", "第三季度", "第四季度"],
            ["1", "农村公路", "新改建农村公路60公里。", "县交通局", "完成招标", "开工建设", "完成路基", "全部完工"],
            ["2", "社区食堂", "新建社区食堂8处。", "县民政局", "选址", "装修", "试运营", "投入使用"]]))


@document("43-persons-beside-units.docx")
def _():
    return docx(
        p("新和街道2024年重点工作责任清单"),
        table([
            ["序号", "重点工作", "工作举措", "责任领导", "责任科室及责任人", "完成时限"],
            ["1", "基层治理", "建设网格驿站6个。", "刘勇", "平安办 陈静", "9月底"],
            ["2", "环境整治", "整治背街小巷12条。", "周洁", "城建办（孙磊）、综合执法队", "全年推进"],
            ["3", "为老服务", "发放高龄津贴。", "周洁", "社会事务办\n吴昊", "每月15日前"]]))


@document("44-one-deadline-for-all-and-several-for-one.docx")
def _():
    return docx(
        p("石门县2024年政务公开任务表"),
        table([
            ["序号", "工作事项", "工作要求", "责任单位", "完成时限"],
            ["1", "平台建设", "网站适老化改造。", begins("县政府办\n县融媒体中心"), begins("2024年12月底前")],
            ["2", "新媒体管理", "每周更新信息。", ON, ON],
            ["3", "开放日活动", "制定方案、开展活动、公布结果。", "各乡镇", "6月底前制定方案\n9月底前开展活动\n10月底前公布结果"],
            ["4", "工作总结", "报送全年工作总结。", "各乡镇、各部门", "11月30日前（逾期不予受理）"]]))


# --- Word: prose -------------------------------------------------------------------------------

@document("45-prose-that-word-numbers.docx")
def _():
    return docx(
        p("临江市2024年政务公开工作要点"), p("为做好2024年全市政务公开工作，制定本要点。"),
        p("围绕发展大局深化公开", numbered=(1, 0)),
        p("加强涉企政策公开。及时公开惠企政策清单。（牵头单位：市发改委；责任单位：市财政局、税务局；完成时限：2024年6月底前）", numbered=(1, 1)),
        p("加强重大项目信息公开。公开批准结果、施工进展。（责任单位：市住建局、各区人民政府；完成时限：持续推进）", numbered=(1, 1)),
        p("夯实公开基础", numbered=(1, 0)),
        p("规范依申请公开。严格执行办理时限。（市司法局牵头，市政府各部门配合，全年推进）", numbered=(1, 1)),
        p("组织保障", numbered=(1, 0)), p("各区、各部门要加强组织领导，明确责任分工，确保各项任务落实到位。"))


@document("46-labels-on-lines-of-their-own.docx")
def _():
    return docx(
        p("松岭区人民政府关于印发松岭区2023年重点工作任务分解和责任分工方案的通知"), p("2023年3月28日"),
        p("松岭区2023年重点工作任务分解和责任分工方案"),
        p("一、经济发展预期目标"),
        p("1.地区生产总值增长6.2%左右。"), p("牵头单位:区发改局"), p("责任单位:松岭经济开发区,各街道"),
        p("2.规模以上工业增加值增长5%左右。"), p("牵头单位:区工信局"), p("责任单位:松岭经济开发区"), p("完成时限:2023年12月底"),
        p("二、重点任务"),
        p("3.新建口袋公园5个。"), p("责任单位:区城管局,各街道"), p("完成时限:10月底前"),
        p("三、工作要求"), p("各牵头单位要每月调度，各责任单位要密切配合。"))


@document("47-brackets-of-three-kinds.txt")
def _():
    return text("""河西县2024年优化营商环境工作方案

为持续优化营商环境，制定本方案。

一、优化政务环境
（一）推进“一网通办”。年内实现高频事项全程网办。【责任单位：县审批局、县大数据局；完成时限：2024年10月底】
（二）规范中介服务。清理中介服务事项，公布目录清单。[牵头单位：县审批局 责任单位：各有关部门 完成时间：2024年8月]
二、优化市场环境
（三）规范招标投标。全面推行电子招投标。(县发改局、县住建局按职责分工负责，2024年底前完成)
（四）保障公平竞争。落实公平竞争审查制度。(责任单位：县市场监管局等有关部门)
三、保障措施
（五）加强领导。各部门主要负责人要亲自抓。
（六）强化督导。县政府督查室适时开展督查。
""")


# --- Excel -------------------------------------------------------------------------------------

@document("48-what-a-sheet-hides.xlsx")
def _():
    names = ["序号", "重点工作", "主要内容", "责任单位", "完成时限", "备注"]
    return xlsx(
        Sheet("填表说明", [["填表说明"], ["1.本表由各单位填写。"], ["2.完成时限请写到月。"]]),
        Sheet("任务台账", [["宜川县2024年政务公开任务台账", None, None, None, None, None], names,
                       [1, "政策发布", "规范公文公开属性。", "县政府办", "5月底", "内部用"],
                       [2, "政策解读", "提高图解比例。", "县政府各部门", "全年", ""],
                       [3, "平台管理", "关停僵尸账号。", "县委网信办", "7月底", ""],
                       [4, "监督保障", "开展业务培训。", "县政府办", "9月底", ""]],
              merges=["A1:F1"], hidden_rows=(5,), hidden_columns=(6,), widths={3: 30}),
        Sheet("旧台账", [names, [1, "旧任务", "2023年的任务。", "县政府办", "5月底", ""]], state="hidden"),
        Sheet("联系人", [["序号", "单位", "姓名", "电话"], [1, "县政府办", "马丽", "0951-5550101"]]))


@document("49-numbers-and-dates-as-they-are-shown.xlsx")
def _():
    return xlsx(Sheet("Sheet1", [
        ["永宁区2024年重点任务推进表"], ["序号", "任务名称", "目标值", "责任单位", "完成时限"],
        [Value("1"), "电子证照应用率提升。", Value("0.8", "0%"), "区大数据中心", Value("45473", "yyyy/m/d")],
        [Value("2"), "一次办成率提升。", Value("0.955", "0.0%"), "区审批局", Value("45566", 'yyyy"年"m"月"')],
        [Value("3"), "12345热线满意率提升。", Value("95"), "区信访局", Value("45596", 'm"月"d"日"')],
        ["4", "完成三年行动。", "全部完成", "区发改局", Value("46022", 'yyyy"年"')],
        ["5", "开展开放日活动。", "不少于2次", "各街道", Value("45535", 'm"月"')],
        ["6", "编制年度报告。", "按时发布", "区政府办", "2025.1.31"]]))


@document("50-numbers-like-1.10.xlsx")
def _():
    return xlsx(Sheet("分解表", [
        [None, "丰乐县2025年目标任务分解表", None, None, None, None], [None, "编号", "具体任务", None, "承办单位", "完成期限"],
        [None, "一", "经济发展", None, None, None],
        [None, Value("1.1000000000000001"), "培育专精特新企业5家。", None, "县工信局", "12月"],
        [None, Value("1.2"), "新增贷款20亿元。", None, "县金融办", "12月"],
        [None, "二", "城乡建设", None, None, None],
        [None, "2.1", "改造老旧小区15个。", None, "县住建局", "10月"]], merges=["B1:F1"]))


@document("51-sections-merged-at-the-side.xlsx")
def _():
    return xlsx(Sheet("台账", [
        ["长林市2024年政务公开任务台账", None, None, None, None, None, None], ["填报单位：", None, None, None, "填报时间：", None, None],
        ["任务类别", "序号", "工作任务", "责任分工", None, "完成时限", "落实情况"], [None, None, None, "牵头单位", "责任单位", None, None],
        ["决策公开", 1, "公布重大行政决策事项目录。", "市司法局", "市政府各部门", "4月底前", None],
        [None, 2, "邀请公众代表列席会议不少于5次。", "市政府办", "市政府各部门", "12月底前", None],
        ["执行公开", 3, "按季度公开民生实事进展。", "市政府督查室", "市直有关部门", "每季度", None],
        ["结果公开", 4, "公开审计结果。", "市审计局", None, "按要求", None]],
        merges=["A1:G1", "A2:D2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4", "A5:A6"]))


# --- text, CSV, web pages ----------------------------------------------------------------------

@document("52-a-csv-of-wps.csv")
def _():
    return text('2024年南山区政务公开工作任务台账,,,,\r\n填报单位：,,,,\r\n序号,工作任务,具体措施,责任单位,完成时限\r\n'
                '一、信息公开,,,,\r\n1,机构职能,"1.更新领导信息；\r\n2.更新内设机构信息。","区委编办、区政府办",2024/5/31\r\n'
                '2,财政信息,"公开预算、决算,做到""应公开尽公开""。",区财政局,2024/9/30\r\n二、政民互动,,,,\r\n'
                '3,意见征集,重大决策公开征求意见，不少于30日。,承办单位,全年\r\n备注：本表每半年更新一次。,,,,\r\n', "gb18030")


@document("53-a-csv-with-semicolons.csv")
def _():
    return text('﻿序号;重点任务;工作要求;牵头部门;配合部门;完成时间\r\n1;规范性文件清理;"公布清理结果;标注有效性";县司法局;各部门;11月底前\r\n'
                '2;政府公报;赠阅到村;县政府办;"县邮政公司;各乡镇";每月底\r\n')


@document("54-text-that-excel-saved.txt")
def _():
    return text('2024年大田县政务公开任务分工表\t\t\t\t\r\n序号\t事项\t内容\t责任单位\t时限\r\n'
                '1\t热线办理\t"限时办结；\r\n统一督办。"\t县信访局\t长期\r\n2\t网站检查\t每季度抽查一次。\t县政府办\t每季度末月25日前\r\n', "utf-16")


@document("55-a-page-of-excel.html")
def _():
    return text("""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Excel 15">
<style>td {mso-number-format:"\\@";}</style><!--[if gte mso 9]><xml><x:ExcelWorkbook></x:ExcelWorkbook></xml><![endif]--></head>
<body><table border=0 cellpadding=0 cellspacing=0 width=900 style='border-collapse:collapse'>
<col width=50><col width=120><col width=0 style='display:none'>
<tr height=40><td colspan=6 class=xl65>鹤川市2024年度政务公开重点工作任务表</td></tr>
<tr><td rowspan=2>序号</td><td rowspan=2>任务</td><td rowspan=2>措施</td><td colspan=2>责任部门</td><td rowspan=2>完成<br>时限</td></tr>
<tr><td>牵头</td><td>配合</td></tr>
<tr><td x:num>1</td><td rowspan=2>政务新媒体<span style='mso-spacerun:yes'>&nbsp;</span></td><td>建立台账。<o:p></o:p></td><td>市政府办</td><td>各县区</td><td>6&#26376;底</td></tr>
<tr><td x:num>2</td><td>清理僵尸账号。</td><td>市委网信办</td><td>市政府办&nbsp;</td><td>每半年</td></tr>
<tr style='display:none'><td>3</td><td>作废</td><td>已取消的任务。</td><td>市政府办</td><td></td><td>6月底</td></tr>
<tr><td x:num>3</td><td>公开专区</td><td>全部建成。</td><td>市审批局</td><td></td><td>10月底</td></tr>
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=50></td><td width=120></td><td></td><td></td><td></td><td></td></tr><![endif]>
</table></body></html>""", "gb18030")


@document("56-a-page-of-word.html")
def _():
    return text("""<html><head><meta charset="utf-8"></head><body lang=ZH-CN><div class=WordSection1>
<p class=MsoNormal align=center><b><span style='font-size:22.0pt'>桐城县2024年政务公开工作<o:p></o:p></span></b></p>
<p class=MsoNormal align=center><b><span>主要任务分解表<o:p></o:p></span></b></p>
<table class=MsoNormalTable><thead><tr><td><p><b>工作任务</b></p></td><td><p><b>具体要求</b></p></td><td><p><b>责任部门</b></p></td></tr></thead>
<tr><td><p>一、做好财政信息公开。</p></td><td><p>1.推进预算、决算公开。</p></td><td><p>财务科</p></td></tr>
<tr><td rowspan=3><p>二、做好专栏信息公开。</p></td><td><p>2.更新各类概况信息。</p></td><td><p>办公室</p></td></tr>
<tr><td><p>3.反馈网民<del cite="mailto:a">投诉</del><ins>意见</ins>。</p></td><td><p>各科室</p></td></tr>
<tr><td><p>4.更新微信公众号信息。</p></td><td><p>办公室牵头，<br>各科室配合</p></td></tr>
<tr><td><p>三、加强政策解读。</p></td><td><p>5.开展多形式解读。</p><p>解读材料与文件同步发布。</p></td><td><p>各科室</p></td></tr>
</table><p>（联系人：张三，联系电话：0953-1234567）</p></div></body></html>""")


@document("57-columns-of-blanks.txt")
def _():
    return text("""                    龙泉县2024年政务公开任务台账

序号    重点工作        主要内容                          责任单位          完成时限

 1      政策解读        政策文件与解读材料同步起草、      县司法局          2024年6月底
                        同步审批、同步发布。              县政府办

 2      政民互动        办理网民留言，做到件件有回音。    县信访局          长期坚持

 3      监督考核        把政务公开纳入年度考核，权重不    县政府办          12月底
                        低于4%。                          县委督查室
""")


@document("58-a-cell-a-line.txt")
def _():
    return text("\n\n".join("""附件
2016年民生实事目标任务分解表
序号
民生实事
责任单位
完成时限
1
启动建设东柳河综合治理工程和湿地公园。
县水务局
县住建局
县护城河指挥部
12月底前
2
新建2座人行天桥。
县住建局
9月投入使用
3
建成县残疾人综合服务中心。
县残联
5月底前动工
4
迁建县政务服务中心。
县政务服务中心
县代建中心
12月底前
5
完成棚户区改造2836户。
县住建局
12月底前""".split("\n")))


@document("59-bars-on-lines-of-their-own.txt")
def _():
    return text("""池阳市信访局2023年政务公开重点任务清单

| 重点任务 | 序号 | 具体要求 | 责任科室 | 时限要求 |
| --- | --- | --- | --- | --- |
| 规范性文件公开 | 1 | 清理行政规范性文件，公布目录。 | 办公室 | 年底前 |
| 主动公开基础工作 | 2 | 集中规范发布法定主动公开内容。 | 各科室 | 持续推进 |
| | 3 | 编制发布年度报告。 | 办公室 | 1月31日前 |
| 监督指导 | 4 | 参加业务培训。 | 办公室、各科室 | 持续推进 |
""")


@document("63-a-sum-below-the-rows.csv")
def _():
    return text('2024年丰润区政务公开任务台账,,,,\r\n序号,工作任务,具体措施,责任单位,完成时限\r\n1,信息公开,更新机构职能。,区委编办,5月底\r\n'
                '2,政策解读,发布图解。,区司法局,全年\r\n合计,2项,,,\r\n审核人：王强,,,填表人：李明,\r\n')


@document("64-headings-of-two-depths-as-rows.docx")
def _():
    return docx(
        p("绥江县2024年政务公开重点任务分解表"),
        table([
            ["序号", "工作任务", "责任单位", "完成时限"],
            [whole("一、深化信息公开", 4)], [whole("（一）重点领域", 4)], ["1", "公开就业政策。", "县人社局", "6月底"],
            ["2", "公开教育信息。", "县教体局", "8月底"], [whole("（二）基层政务", 4)], ["3", "公开村级事务。", "各乡镇", "10月底"],
            [whole("二、加强政民互动", 4)], ["4", "办理网民留言。", "县信访局", "持续推进"]]))


@document("65-duties-inside-a-paragraph.txt")
def _():
    return text("""盐津县2024年政务公开工作要点

一、深化信息公开
（一）加强财政信息公开。公开预决算。（县财政局牵头）公开惠民资金。（县农业农村局、县民政局负责）
（二）加强民生信息公开。公开招生政策。（责任单位：县教体局）
二、强化解读
（三）加强政策解读。同步发布解读材料。（责任单位：县司法局）
""")


@document("66-units-on-lines-below-their-label.txt")
def _():
    return text("""彝良县2024年重点工作任务分解

一、经济发展
1.新增规上工业企业5家。
责任单位：
县工信局
县发改局
完成时限：12月底
2.招引项目10个。
责任单位：县投促局
完成时限：11月底
""")


@document("67-two-titled-tables-on-a-sheet.xlsx")
def _():
    return xlsx(Sheet("附件", [
        ["附件1"], ["2024年政务公开重点任务分工表"], ["序号", "工作任务", "责任单位", "完成时限"], [1, "公开权责清单。", "县委编办", "6月底"],
        [None], ["附件2"], ["2024年政务公开培训任务安排表"], ["序号", "工作任务", "责任单位", "完成时限"], [1, "举办专题培训。", "县政府办", "9月底"]]))


@document("68-merged-units-that-were-lost.csv")
def _():
    return text('2024年镇雄县任务清单,,,\r\n序号,工作任务,责任单位,完成时限\r\n1,更新公开指南。,县政府办,3月底\r\n2,更新公开目录。,,4月底\r\n'
                '3,更新年报专栏。,,5月底\r\n4,公开预算。,县财政局,6月底\r\n5,公开决算。,,9月底\r\n')


@document("69-issued-before-its-year.docx")
def _():
    return docx(
        p("政务公开工作任务分解表"), p("2023年12月28日"),
        table([["序号", "工作任务", "责任单位", "完成时限"], ["1", "公开预算。", "县财政局", "3月底"], ["2", "公开决算。", "县财政局", "9月底"]]))


@document("90-one-heading-over-item-and-content.docx")
def _():
    return docx(
        p("昭阳区2024年政务公开任务分解表"),
        table([
            ["序号", whole("重点任务", 2), "责任单位", "完成时限"],
            ["1", begins("政策公开"), "集中公开规范性文件。", "区司法局", "6月底"], ["2", ON, "开设政策文件库。", "区政府办", "8月底"],
            ["3", "政策解读", "发布图解。", "区政府各部门", "全年"]]))


@document("91-lead-and-others-in-one-column.docx")
def _():
    return docx(
        p("鲁甸县2024年优化营商环境任务清单"),
        table([
            ["序号", "改革任务", "具体措施", "牵头单位和责任单位", "完成时限"],
            ["1", "开办企业", "压减办理环节。", "县市场监管局牵头，县审批局、税务局配合", "6月底"],
            ["2", "获得用电", "压减接电时间。", "县发改局、县供电局", "9月底"]]))


@document("92-a-plan-for-three-years.docx")
def _():
    return docx(
        p("巧家县数字政府建设三年行动（2023—2025年）任务分工表"),
        table([["序号", "任务", "责任单位", "完成时限"], ["1", "建成一体化平台。", "县大数据局", "2024年底前"], ["2", "归集电子证照。", "县审批局", "12月底"]]))


@document("96-labels-and-brackets-mixed.txt")
def _():
    return text("""马山县2024年政务公开工作要点任务分工

一、推进决策公开
1.公布决策目录。公布年度重大行政决策事项目录。
牵头单位：县司法局    配合单位：县直各部门
2.邀请代表列席。全年不少于5次。
牵头单位：县政府办    配合单位：各乡镇
二、推进执行公开
3.公开进展。按季度公开。
责任单位：县政府督查室（完成时限：每季度末）
""")


@document("97-sums-in-the-content-column.txt")
def _():
    return text("大新县2024年政务公开任务分解表\n\n序号\t工作任务\t责任单位\t完成时限\t备注\n1\t公开预算\t县财政局\t6月底\t\n"
                "2\t公开审计结果\t县审计局\t10月底\t\n合计\t2\t\t\t\n")


@document("110-a-score-beside-the-tasks.csv")
def _():
    return text("清平县2024年政务公开任务分工表,,,,\n序号,工作任务,,责任单位,完成时限\n1,公开财政预决算,5,县财政局,6月底前\n"
                "2,公开审计结果,已完成,县审计局,10月底前\n")


@document("111-what-is-left-to-do.csv")
def _():
    return text("清平县2024年政务公开任务分工表,,,,\n序号,工作任务,责任单位,完成时限,下一步工作任务\n"
                "1,公开财政预决算。,县财政局,6月底前,继续细化到项级科目。\n2,公开审计结果。,县审计局,10月底前,跟踪整改。\n")


@document("112-tables-of-two-widths.html")
def _():
    return text("""<html><body><p>清平县2024年政务公开任务分工表</p>
<table>
<tr><td>序号</td><td>重点任务</td><td>具体举措</td><td>责任单位</td><td>完成时限</td><td></td></tr>
<tr><td>1</td><td>财政信息</td><td>公开预决算。</td><td>县财政局</td><td>6月底前</td><td></td></tr>
</table>
<table>
<tr><td>序号</td><td>重点任务</td><td>具体举措</td><td>完成时限</td><td>责任单位</td><td>备注</td></tr>
<tr><td>2</td><td>审计信息</td><td>公开审计结果。</td><td>10月底前</td><td>县审计局</td><td>每年一次</td></tr>
</table></body></html>
""")


@document("113-numbers-that-were-lost.csv")
def _():
    return text("清平县2024年政务公开任务分工表,,,\n序号,工作任务,责任单位,完成时限\n1,公开财政预决算。,县财政局,6月底前\n"
                ",公开审计结果。,县审计局,10月底前\n,公开招生政策。,县教育局,5月底前\n")


@document("114-the-title-above-each-part.docx")
def _():
    names = ["序号", "工作任务", "责任单位", "完成时限"]
    return docx(
        p("清平县2024年政务公开任务分解表"), table([names, ["1", "公开财政预决算。", "县财政局", "6月底前"]]),
        p("清平县2024年政务公开任务分解表（续表）"), table([names, ["2", "公开审计结果。", "县审计局", "10月底前"]]),
        p("清平县2024年政务公开任务分解表"), table([names, ["3", "公开招生政策。", "县教育局", "5月底前"]]))


@document("115-the-first-leads-in-one-table.html")
def _():
    return text("""<html><body><p>清平县2024年政务公开任务分工表</p>
<table>
<tr><td>序号</td><td>工作任务</td><td>责任单位（排在第一位的为牵头单位）</td><td>完成时限</td></tr>
<tr><td>1</td><td>公开财政预决算。</td><td>县财政局、县审计局</td><td>6月底前</td></tr>
</table>
<table>
<tr><td>序号</td><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>
<tr><td>2</td><td>公开招生政策。</td><td>县教育局、各乡镇</td><td>5月底前</td></tr>
</table></body></html>
""")


@document("116-what-a-page-hides.html")
def _():
    return text("""<html><body><p>清平县2024年政务公开任务分工表</p>
<table>
<tr><td>序号</td><td hidden>内部编号</td><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>
<tr><td>1</td><td hidden>甲</td><td>公开财政预决算<span style="text-decoration: line-through">和三公经费</span>。</td><td>县财政局</td><td>6月底前</td></tr>
<tbody style="display:none"><tr><td>2</td><td hidden>乙</td><td>旧的任务。</td><td>县审计局</td><td>3月底前</td></tr></tbody>
<tbody><tr><td>2</td><td hidden>丙</td><td>公开审计结果。</td><td>县审计局</td><td style="text-decoration:line-through">9月底前</td></tr></tbody>
</table></body></html>
""")


@document("117-duties-and-a-telephone-in-a-ledger.csv")
def _():
    return text("清平县2024年政务公开任务分工表,,,,,\n序号,工作任务,责任事项,责任单位,完成时限,监督电话\n"
                "1,公开财政预决算。,按时公开,县财政局,6月底前,5550101\n2,公开审计结果。,按时公开,县审计局,10月底前,5550102\n")


# --- PDF ---------------------------------------------------------------------------------------

@document("60-measures-under-one-number.pdf")
def _():
    return "31-measures-under-one-number.docx"


@document("61-prose-as-pdf.pdf")
def _():
    return "45-prose-that-word-numbers.docx"


@document("93-begin-and-end-as-pdf.pdf")
def _():
    return "32-begin-and-end-below-one-heading.docx"


@document("94-a-table-cut-by-pages-as-pdf.pdf")
def _():
    return "36-a-table-cut-by-pages.docx"


@document("95-one-heading-as-pdf.pdf")
def _():
    return "90-one-heading-over-item-and-content.docx"


def wide_sheet():
    names = ["序号", "重点工作", "主要内容", "量化指标", "牵头单位", "责任单位", "完成时限", "进展情况"]
    tasks = [[i, f"工作{i}", f"推进第{i}项政务公开任务，按要求公开并及时更新相关信息。", "查看政府网站", "县政府办", "县教育局、县财政局", f"{i}月底前", ""]
             for i in range(1, 9)]
    return xlsx(Sheet("台账", [["清河县2024年政务公开任务台账"] + [None] * 7, names] + tasks, merges=["A1:H1"], height=34,
                      widths={1: 6, 2: 16, 3: 44, 4: 30, 5: 20, 6: 30, 7: 18, 8: 30}))


@document("62-a-sheet-wider-than-its-page.pdf")
def _():
    return wide_sheet


# --- no tasks ----------------------------------------------------------------------------------

@document("70-a-phone-list.xlsx")
def _():
    return xlsx(Sheet("通讯录", [["全县政务公开工作联络员通讯录"], ["序号", "单位", "负责人", "联系人", "办公电话", "备注"],
                              [1, "县教育局", "李华", "张明", "0951-5550102", ""], [2, "县财政局", "王芳", "刘洋", "0951-5550103", ""]]))


@document("71-a-statistics-table.docx")
def _():
    return docx(p("2024年上半年各单位政务公开工作情况统计表"),
                table([["序号", "责任单位", "主动公开信息数", "政策解读数", "完成情况", "排名"],
                       ["1", "县教育局", "120", "8", "100%", "1"], ["2", "县财政局", "98", "6", "95%", "2"]]))


@document("72-a-programme-of-a-meeting.docx")
def _():
    return docx(p("全市政务公开工作培训班日程安排"),
                table([["时间", "培训内容", "授课人", "地点", "责任单位"],
                       ["5月10日上午", "政府信息公开条例解读", "张教授", "一楼会议室", "市政府办"],
                       ["5月10日下午", "政策解读实务", "李主任", "一楼会议室", "市政府办"],
                       ["5月11日", "现场观摩", "", "审批大厅", "市审批局"]]))


@document("73-services-and-their-clocks.html")
def _():
    return text("""<html><body><h1>清溪县2024年政务服务事项清单</h1><table>
<tr><th>序号</th><th>事项名称</th><th>事项类型</th><th>实施主体</th><th>法定时限</th><th>承诺办结时限</th><th>收费标准</th></tr>
<tr><td>1</td><td>食品经营许可核发</td><td>行政许可</td><td>县市场监管局</td><td>20个工作日</td><td>5个工作日</td><td>不收费</td></tr>
<tr><td>2</td><td>道路运输经营许可</td><td>行政许可</td><td>县交通局</td><td>20个工作日</td><td>7个工作日</td><td>不收费</td></tr>
</table></body></html>""")


@document("74-powers-and-duties.xlsx")
def _():
    return xlsx(Sheet("权责清单", [["县水务局权责清单（2024年版）"],
                               ["序号", "职权名称", "职权类型", "实施依据", "责任事项", "责任单位", "追责情形"],
                               [1, "取水许可", "行政许可", "《中华人民共和国水法》第四十八条", "受理、审查、决定、送达", "县水务局", "依法追究责任"],
                               [2, "河道采砂许可", "行政许可", "《中华人民共和国水法》第三十九条", "受理、审查、决定、送达", "县水务局", "依法追究责任"]]))


@document("75-a-score-sheet-with-units.xlsx")
def _():
    return xlsx(Sheet("评分", [["2024年政务公开工作考核评分细则"], ["序号", "一级指标", "二级指标", "考核内容", "分值", "评分标准", "考核单位"],
                             [1, "信息公开", "主动公开", "及时公开机构职能。", 5, "缺一项扣1分。", "县政府办"],
                             [2, "信息公开", "依申请公开", "按期答复。", 10, "逾期一件扣2分。", "县司法局"]]))


@document("76-minutes-of-a-meeting.docx")
def _():
    return docx(p("东平县人民政府专题会议纪要"), p("2024年4月2日，县政府召开专题会议，研究政务公开工作。纪要如下："),
                p("一、会议听取了县政府办公室关于一季度工作情况的汇报。"), p("二、会议认为，各部门政务公开工作取得了新进展。"),
                p("三、会议强调，要进一步提高认识，压实责任。"), p("出席：李明、王强、赵敏"))


@document("77-a-purchase.xlsx")
def _():
    return xlsx(Sheet("采购", [["2024年政务公开专区设备采购清单"], ["序号", "项目名称", "规格型号", "单位", "数量", "单价", "交货时间"],
                             [1, "查询一体机", "32寸", "台", 3, 9800, "2024年5月30日"], [2, "公开栏", "定制", "套", 8, 1200, "2024年6月10日"]]))


@document("78-a-matrix-of-ticks.xlsx")
def _():
    return xlsx(Sheet("任务", [["2024年政务公开任务责任矩阵"], ["序号", "任务", "县教育局", "县财政局", "县民政局"],
                             [1, "公开义务教育招生政策。", "√", "", ""], [2, "公开预决算。", "√", "√", "√"]]))


@document("79-a-report-of-work.docx")
def _():
    return docx(p("2023年政务公开工作总结"), p("一、主要做法"), p("（一）强化主动公开。全年公开信息1200条，更新栏目35个，群众满意度不断提升。"),
                p("（二）强化政策解读。发布解读材料56篇，其中图解48篇，视频解读3篇。"), p("（三）强化队伍建设。开展培训2次，培训160人次。"),
                p("二、存在的问题"), p("（一）更新还不够及时。部分栏目更新滞后，信息质量不高。"))


@document("80-members-of-a-group.docx")
def _():
    return docx(p("县政务公开工作领导小组成员名单及职责分工"),
                table([["序号", "姓名", "单位", "职务", "工作职责"], ["1", "李明", "县政府", "副县长", "负责全面工作"], ["2", "王强", "县政府办公室", "主任", "负责日常工作"]]))


@document("81-a-duty-roster.docx")
def _():
    return docx(p("2024年国庆节值班安排表"),
                table([["日期", "带班领导", "值班人员", "责任科室", "值班电话"], ["10月1日", "李明", "张三", "办公室", "0951-5550104"], ["10月2日", "王强", "李四", "法规科", "0951-5550104"]]))


# --- all of them -------------------------------------------------------------------------------

def as_pdf(soffice, source, target):
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder) / ("source" + (".docx" if source[:4] == b"PK\x03\x04" and b"word/" in source else ".xlsx"))
        made.write_bytes(source)
        subprocess.run([soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, made],
                       check=True, capture_output=True)
        target.write_bytes(made.with_suffix(".pdf").read_bytes())


def main():
    out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent)
    soffice = sys.argv[2] if len(sys.argv) > 2 else None
    for name, make in DOCUMENTS.items():
        made = make()
        if isinstance(made, bytes):
            (out / name).write_bytes(made)
        elif soffice:
            as_pdf(soffice, DOCUMENTS[made]() if isinstance(made, str) else made(), out / name)


if __name__ == "__main__":
    main()
