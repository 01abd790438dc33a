using Garam.Expressions;
using Garam.Packs.Fire;
using Garam.Packs.Fire.Alerts;
using Garam.Platform.Alarms;
using Garam.Platform.Detection;
using Garam.Platform.Notifications;

namespace Garam.Packs.Tests.Fire;

/// <summary>The texts of the document (2.1), compared letter by letter.</summary>
public sealed class Fire_alerts
{
    private const long EventUs = 1_772_359_200_000_000;

    private static readonly IAlarmComposer Composer = FirePack.Code.Composers.Single();
    private static readonly INotificationForm Form = FirePack.Code.Forms.Single();

    private static readonly (string, Value)[] Everything =
    [
        ("status_bits", Value.Of(64 + 2048 + 8 + 256.0)), ("pcb_temperature", Value.Of(71.25)), ("sensor_temperature", Value.Of(66.0)), ("voltage", Value.Of(221.04)),
        ("current", Value.Of(34.5)), ("leakage_current", Value.Of(9.15)), ("arc_count", Value.Of(12.0)), ("co_gas", Value.Of(21.3)), ("voc", Value.Of(512.0)),
        ("risk_score", Value.Of(0.875)), ("risk_level", Value.Of("CRITICAL")),
    ];

    [Fact]
    public void The_korean_message_has_a_line_for_each_thing_that_is_wrong()
    {
        var alarm = Composer.Compose(Occasion(Everything));

        alarm.Kind.ShouldBe("TEMPERATURE_CRITICAL");
        alarm.Texts.MessageKo.ShouldBe(
            """
            🚨 화재 위험 감지 - 디바이스 fire-001
            위험도: CRITICAL (0.88)
            시간: 2026-03-01 10:00:00 UTC

            ⚠️ 고온 감지: 71.2°C
            ⚡ 아크 발생: 12회
            💧 누전 감지: 9.2mA
            ☁️ CO 가스: 21.3ppm
            🌫️ VOC: 512.0μg/m³
            """.ReplaceLineEndings("\n"));
        alarm.Texts.AdviceKo.ShouldBe(
        [
            "즉시 냉각 조치 및 환기 확인", "전원 차단 검토", "배선 연결부 점검", "절연체 상태 확인", "누전 차단기 작동 확인", "접지 상태 점검", "즉시 환기 실시", "가스 누출원 확인",
            "🚨 즉시 현장 점검 필요", "필요시 전원 차단 고려",
        ]);
        alarm.Texts.AdviceEn.Count.ShouldBe(alarm.Texts.AdviceKo.Count);
        alarm.Texts.MessageEn.Split('\n').Length.ShouldBe(alarm.Texts.MessageKo.Split('\n').Length);
    }

    [Theory]
    [InlineData(64, 3, "TEMPERATURE_CRITICAL")]
    [InlineData(128, 0, "TEMPERATURE_CRITICAL")]
    [InlineData(2048, 0, "ARC_DETECTED")]
    [InlineData(8, 1, "ARC_DETECTED")]
    [InlineData(8 + 4, 0, "ELECTRICAL_LEAKAGE")]
    [InlineData(16, 0, "ELECTRICAL_LEAKAGE")]
    [InlineData(4 + 256, 0, "OVERCURRENT")]
    [InlineData(256, 0, "GAS_DETECTION")]
    [InlineData(512, 0, "GAS_DETECTION")]
    [InlineData(1 + 2 + 32 + 1024, 0, "GENERAL_RISK")]
    public void The_type_is_the_first_that_fits(int status, int arcs, string kind) =>
        Composer.Compose(Occasion(("status_bits", Value.Of((double)status)), ("arc_count", Value.Of((double)arcs)))).Kind.ShouldBe(kind);

    [Fact]
    public void A_critical_alert_goes_out_as_the_document_sends_it()
    {
        var korean = Form.Write(AlarmOf(Everything), "ko");

        korean.Subject.ShouldBe("🚨 CRITICAL: 화재 위험 감지 - 디바이스 fire-001");
        korean.Short.ShouldBe("🚨긴급🚨 화재위험 디바이스fire-001 위험도:0.88");
        foreach (var line in new[]
        {
            "<h2 style=\"color: red;\">🚨 화재 위험 감지 알림</h2>", "<p><strong>디바이스 ID:</strong> fire-001</p>", "<p><strong>위험 수준:</strong> CRITICAL</p>",
            "<p><strong>위험 점수:</strong> 0.88</p>", "<p><strong>감지 시간:</strong> 2026-03-01 10:00:00 UTC</p>", "<li>온도: 71.2°C</li>", "<li>전압: 221.0V</li>",
            "<li>전류: 34.5A</li>", "<li>아크 횟수: 12</li>", "<li>CO 가스: 21.3ppm</li>", "<li>VOC: 512.0μg/m³</li>",
            "<li>즉시 냉각 조치 및 환기 확인</li><li>전원 차단 검토</li>", "긴급한 조치가 필요할 수 있습니다. 즉시 현장을 확인하시기 바랍니다.",
        })
        {
            korean.Html.ShouldContain(line);
        }

        Form.Write(AlarmOf(Everything), "en").Subject.ShouldBe("🚨 CRITICAL: fire risk detected - device fire-001");
    }

    [Fact]
    public void A_high_risk_has_its_own_subject() =>
        Form.Write(AlarmOf(("status_bits", Value.Of(0.0)), ("risk_score", Value.Of(0.65)), ("risk_level", Value.Of("HIGH"))), "ko").Subject
            .ShouldBe("⚠️ HIGH RISK: 화재 위험 증가 - 디바이스 fire-001");

    [Fact]
    public void What_a_device_is_called_cannot_become_markup() =>
        Form.Write(AlarmOf(Everything) with { DeviceId = "<script>&\"'" }, "ko").Html.ShouldContain("&lt;script&gt;&amp;&quot;&#39;");

    [Fact]
    public void What_is_missing_is_a_dash() => Form.Write(AlarmOf(("status_bits", Value.Of(64.0))), "ko").Html.ShouldContain("<li>전압: –V</li>");

    // What Python's format says of each.
    [Theory]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(0.355, 2, "0.35")]
    [InlineData(0.345, 2, "0.34")]
    [InlineData(61.25, 1, "61.2")]
    [InlineData(61.75, 1, "61.8")]
    [InlineData(-0.25, 1, "-0.2")]
    [InlineData(2.5, 0, "2")]
    [InlineData(1e16, 1, "10000000000000000.0")]
    public void Numbers_are_rounded_as_the_document_s_language_does(double value, int digits, string text) => FixedPoint.Text(value, digits).ShouldBe(text);

    private static AlarmOccasion Occasion(params (string, Value)[] metrics) =>
        new("fire-001", null, "risk-critical", Severity.Critical, EventUs, Readings(metrics), new AlarmTexts("", "", [], []));

    private static Alarm AlarmOf(params (string, Value)[] metrics) => new()
    {
        Id = 1, Key = new AlarmKey("fire-detector", "risk-critical", "fire-001"), State = AlarmState.Raised, DeviceId = "fire-001", ProductId = "fire-detector",
        Severity = Severity.Critical, FollowUp = FollowUp.Notify, Kind = "GENERAL_RISK", Texts = Composer.Compose(Occasion(metrics)).Texts, RulesetVersion = 1,
        SpecVersion = 1, RaisedPosition = 1, LastPosition = 1, SinceUs = EventUs, FirstUs = EventUs, LastUs = EventUs, RaisedUs = EventUs, Count = 1, Revision = 1,
        Snapshot = Readings(metrics),
    };

    private static List<AlarmReading> Readings((string Metric, Value Value)[] metrics) => [.. metrics.Select(m => new AlarmReading(m.Metric, m.Value))];
}
