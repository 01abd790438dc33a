namespace Garam.Platform.Alarms;

/// <summary>A row of the table of alarms.</summary>
internal sealed class AlarmRow
{
    public const string Columns = """
        id AS Id, ruleset AS Ruleset, rule AS Rule, subject AS Subject, state AS State, severity AS Severity, follow_up AS FollowUp,
        device_id AS DeviceId, product_id AS ProductId, site_id AS SiteId, customer_id AS CustomerId, kind AS Kind, arm AS Arm,
        ruleset_version AS RulesetVersion, spec_version AS SpecVersion, raised_position AS RaisedPosition, last_position AS LastPosition,
        mark_position AS MarkPosition, mark_us AS MarkUs, since_us AS SinceUs, first_us AS FirstUs, last_us AS LastUs, raised_us AS RaisedUs,
        count AS Count, count_base AS CountBase, value AS Value, worst AS Worst, is_lasting AS IsLasting, is_flapping AS IsFlapping,
        flap_us AS FlapUs, is_shelved AS IsShelved, acknowledged_by AS AcknowledgedBy, acknowledged_us AS AcknowledgedUs,
        cleared_us AS ClearedUs, resolved_by AS ResolvedBy, resolved_us AS ResolvedUs, closed_us AS ClosedUs, verdict AS Verdict, note AS Note,
        revision AS Revision, detail AS Detail
        """;

    public const string Insert = """
        INSERT INTO alarms (id, ruleset, rule, subject, state, severity, follow_up, device_id, product_id, site_id, customer_id, kind, arm,
          ruleset_version, spec_version, raised_position, last_position, mark_position, mark_us, since_us, first_us, last_us, raised_us, count,
          count_base, value, worst, is_lasting, is_flapping, flap_us, is_shelved, acknowledged_by, acknowledged_us, cleared_us, resolved_by,
          resolved_us, closed_us, verdict, note, revision, changed_us, search, detail)
        VALUES (@Id, @Ruleset, @Rule, @Subject, @State, @Severity, @FollowUp, @DeviceId, @ProductId, @SiteId, @CustomerId, @Kind, @Arm,
          @RulesetVersion, @SpecVersion, @RaisedPosition, @LastPosition, @MarkPosition, @MarkUs, @SinceUs, @FirstUs, @LastUs, @RaisedUs, @Count,
          @CountBase, @Value, @Worst, @IsLasting, @IsFlapping, @FlapUs, @IsShelved, @AcknowledgedBy, @AcknowledgedUs, @ClearedUs, @ResolvedBy,
          @ResolvedUs, @ClosedUs, @Verdict, @Note, @Revision, @ChangedUs, @Search, @Detail)
        """;

    /// <summary>What may change after the raise.</summary>
    public const string Update = """
        UPDATE alarms SET state = @State, last_position = @LastPosition, mark_position = @MarkPosition, mark_us = @MarkUs, last_us = @LastUs,
          count = @Count, count_base = @CountBase, worst = @Worst, is_lasting = @IsLasting, is_flapping = @IsFlapping, flap_us = @FlapUs,
          is_shelved = @IsShelved, acknowledged_by = @AcknowledgedBy, acknowledged_us = @AcknowledgedUs, cleared_us = @ClearedUs,
          resolved_by = @ResolvedBy, resolved_us = @ResolvedUs, closed_us = @ClosedUs, verdict = @Verdict, note = @Note, revision = @Revision,
          changed_us = @ChangedUs
        WHERE id = @Id
        """;

    public long Id { get; init; }
    public string Ruleset { get; init; } = "";
    public string Rule { get; init; } = "";
    public string Subject { get; init; } = "";
    public string State { get; init; } = "";
    public long Severity { get; init; }
    public long FollowUp { get; init; }
    public string DeviceId { get; init; } = "";
    public string ProductId { get; init; } = "";
    public string? SiteId { get; init; }
    public string? CustomerId { get; init; }
    public string Kind { get; init; } = "";
    public string? Arm { get; init; }
    public long RulesetVersion { get; init; }
    public long SpecVersion { get; init; }
    public long RaisedPosition { get; init; }
    public long LastPosition { get; init; }
    public long MarkPosition { get; init; }
    public long MarkUs { get; init; }
    public long SinceUs { get; init; }
    public long FirstUs { get; init; }
    public long LastUs { get; init; }
    public long RaisedUs { get; init; }
    public long Count { get; init; }
    public long CountBase { get; init; }
    public double? Value { get; init; }
    public double? Worst { get; init; }
    public long IsLasting { get; init; }
    public long IsFlapping { get; init; }
    public long FlapUs { get; init; }
    public long IsShelved { get; init; }
    public string? AcknowledgedBy { get; init; }
    public long? AcknowledgedUs { get; init; }
    public long? ClearedUs { get; init; }
    public string? ResolvedBy { get; init; }
    public long? ResolvedUs { get; init; }
    public long? ClosedUs { get; init; }
    public string? Verdict { get; init; }
    public string? Note { get; init; }
    public long Revision { get; init; }
    public long ChangedUs { get; init; }
    public string Search { get; init; } = "";
    public string Detail { get; init; } = "";

    /// <param name="isNew">Whether texts are needed, which never change after the raise.</param>
    public static AlarmRow Of(StoredAlarm stored, long changedUs, bool isNew)
    {
        var alarm = stored.Alarm;
        return new AlarmRow
        {
            Id = alarm.Id, Ruleset = alarm.Key.Ruleset, Rule = alarm.Key.Rule, Subject = alarm.Key.Subject,
            State = AlarmNames.Of(alarm.State), Severity = (long)alarm.Severity, FollowUp = (long)alarm.FollowUp,
            DeviceId = alarm.DeviceId, ProductId = alarm.ProductId, SiteId = alarm.SiteId, CustomerId = alarm.CustomerId,
            Kind = alarm.Kind, Arm = alarm.Arm, RulesetVersion = alarm.RulesetVersion, SpecVersion = alarm.SpecVersion,
            RaisedPosition = alarm.RaisedPosition, LastPosition = alarm.LastPosition, MarkPosition = stored.MarkPosition, MarkUs = stored.MarkUs,
            SinceUs = alarm.SinceUs, FirstUs = alarm.FirstUs, LastUs = alarm.LastUs, RaisedUs = alarm.RaisedUs,
            Count = alarm.Count, CountBase = stored.CountBase, Value = Nullable(alarm.Value), Worst = Nullable(alarm.Worst),
            IsLasting = stored.IsLasting ? 1 : 0, IsFlapping = alarm.IsFlapping ? 1 : 0, FlapUs = stored.FlapUs, IsShelved = alarm.IsShelved ? 1 : 0,
            AcknowledgedBy = alarm.AcknowledgedBy, AcknowledgedUs = alarm.AcknowledgedUs, ClearedUs = alarm.ClearedUs,
            ResolvedBy = alarm.ResolvedBy, ResolvedUs = alarm.ResolvedUs, ClosedUs = alarm.ClosedUs,
            Verdict = alarm.Verdict is { } verdict ? AlarmNames.Of(verdict) : null, Note = alarm.Note, Revision = alarm.Revision,
            ChangedUs = changedUs,
            Search = isNew ? SearchOf(alarm) : "", Detail = isNew ? AlarmDetail.Of(alarm).ToJson() : "",
        };
    }

    public StoredAlarm ToStored() => new(ToAlarm(), MarkPosition, MarkUs, CountBase, IsLasting != 0, FlapUs);

    public Alarm ToAlarm()
    {
        var detail = AlarmDetail.Read(Detail);
        return new Alarm
        {
            Id = Id, Key = new AlarmKey(Ruleset, Rule, Subject), State = Enum.Parse<AlarmState>(State, ignoreCase: true), DeviceId = DeviceId,
            ProductId = ProductId, SiteId = SiteId, CustomerId = CustomerId, Severity = (Severity)Severity, FollowUp = (FollowUp)FollowUp,
            Kind = Kind, Texts = detail.Texts, Form = detail.Form, Arm = Arm, RulesetVersion = (int)RulesetVersion, SpecVersion = (int)SpecVersion,
            RaisedPosition = RaisedPosition, LastPosition = LastPosition, SinceUs = SinceUs, FirstUs = FirstUs, LastUs = LastUs, RaisedUs = RaisedUs,
            Count = Count, ValueOf = detail.ValueOf, Value = Value ?? double.NaN, Worst = Worst ?? double.NaN, LowerIsWorse = detail.LowerIsWorse,
            Snapshot = detail.Snapshot, Devices = detail.Devices, IsFlapping = IsFlapping != 0, IsShelved = IsShelved != 0,
            AcknowledgedBy = AcknowledgedBy, AcknowledgedUs = AcknowledgedUs, ClearedUs = ClearedUs, ResolvedBy = ResolvedBy, ResolvedUs = ResolvedUs,
            ClosedUs = ClosedUs, Verdict = Verdict is null ? null : Enum.Parse<AlarmVerdict>(Verdict, ignoreCase: true), Note = Note, Revision = (int)Revision,
        };
    }

    private static double? Nullable(double value) => double.IsFinite(value) ? value : null;

    /// <summary>What a search by text looks at, in lower case.</summary>
    private static string SearchOf(Alarm alarm) =>
        string.Join(
            '\n', alarm.DeviceId, alarm.Key.Subject, alarm.Key.Rule, alarm.Kind, alarm.SiteId, alarm.Texts.MessageEn, alarm.Texts.MessageKo).ToLowerInvariant();
}
