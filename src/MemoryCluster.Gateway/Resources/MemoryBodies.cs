namespace MemoryCluster.Gateway.Resources;

/// <summary>Memories as the contract shows them.</summary>
internal static class MemoryBodies
{
    public static MemoryResponse Of(MemoryRecord memory) => new()
    {
        Id = memory.Id.ToString(),
        Team = memory.Team.Value,
        Agent = WriterOf(memory),
        User = memory.Provenance.User?.Value,
        Text = memory.Text,
        Kind = memory.Kind,
        Visibility = memory.Visibility,
        State = memory.State,
        Tags = OrNull(memory.Tags),
        Metadata = Raw(memory.Metadata),
        Provenance = Of(memory.Provenance),
        Weight = memory.Utility.Weight,
        Uses = memory.Utility.Uses,
        Utility = Of(memory.Utility),
        Confirmations = memory.Utility.Confirmations + (memory.Standing?.Confirmations ?? 0),
        Trust = memory.Trust,
        Validity = new ValidityBody { ValidFrom = memory.Times.ValidFrom, ValidTo = memory.Times.ValidTo, ExpiresAt = memory.Times.ExpiresAt },
        Version = memory.Version,
        Seq = memory.Seq,
        OccurredAt = memory.Times.OccurredAt,
        CreatedAt = memory.Times.CreatedAt,
        UpdatedAt = memory.Times.UpdatedAt,
        Links = new LinksBody
        {
            DerivedFrom = [.. memory.Provenance.DerivedFrom.Select(id => id.ToString())],
            Evidence = [.. memory.Evidence.Select(Of)],
            Merged = IdsOrNull(memory.Standing?.Merged),
            Superseded = IdsOrNull(memory.Standing?.Superseded),
        },
        Reason = memory.Reason,
        MergedInto = memory.MergedInto()?.ToString(),
        SupersededBy = memory.SupersededBy()?.ToString(),
        Consolidation = Of(memory.Consolidation),
        Fading = memory.Fading is { } fading
            ? new FadingBody
            {
                Strength = fading.Strength, Retention = fading.Retention, Zone = fading.Zone, Immune = fading.IsImmune, VectorBits = fading.VectorBits,
            }
            : null,
        Diffused = memory.Diffusion is { } origin
            ? new DiffusedBody { Source = origin.Source.ToString(), SourceVersion = origin.SourceVersion, Team = origin.Team.Value }
            : null,
        Archived = memory.Archive is { } archive ? new ArchivedBody { Reason = archive.Reason, At = archive.At } : null,
        Summary = memory.IsAbstracted() ? OriginOf(memory.Written) : null,
    };

    public static SummaryOriginBody OriginOf(WrittenMark? mark) => mark is null
        ? new SummaryOriginBody { Origin = SummaryOrigin.Extracted }
        : new SummaryOriginBody { Origin = SummaryOrigin.Written, Model = mark.Model, At = mark.At };

    public static RecallHitBody Of(RecallHit hit, bool explain) => new()
    {
        Id = hit.Memory.Id.ToString(),
        Text = hit.Memory.Text,
        Kind = hit.Memory.Kind,
        Team = hit.Memory.Team.Value,
        Agent = WriterOf(hit.Memory),
        User = hit.Memory.Provenance.User?.Value,
        OccurredAt = hit.Memory.Times.OccurredAt,
        Source = Of(hit.Memory.Provenance.Source),
        Metadata = Raw(hit.Memory.Metadata),
        Tags = OrNull(hit.Memory.Tags),
        Score = hit.Score,
        Weight = hit.Memory.Utility.Weight,
        Trust = hit.Memory.Trust,
        Version = hit.Memory.Version,
        Scores = explain ? ScoresOf(hit) : null,
    };

    public static MemoryHistoryResponse HistoryOf(MemoryRecord memory) => new()
    {
        Id = memory.Id.ToString(),
        Versions = [.. memory.Revisions.Select(Of), CurrentOf(memory)],
    };

    public static LineageResponse Of(MemoryLineage lineage) => new()
    {
        Id = lineage.Memory.Id.ToString(),
        Run = lineage.Memory.Provenance.Run?.Value,
        Source = Of(lineage.Memory.Provenance.Source),
        SaidAgain = [.. lineage.Memory.Evidence.Select(Of)],
        From = [.. lineage.From.Select(Of)],
        Became = [.. lineage.Became.Select(Of)],
        HasMore = lineage.HasMore,
    };

    public static RememberResponse Of(RememberResult result) => new()
    {
        Id = result.Id.ToString(),
        Decision = result.Decision,
        Reason = result.Reason,
        Version = result.Version,
        Seq = result.Seq,
        MergedInto = result.MergedInto?.ToString(),
    };

    private static LineageBody Of(LineageLink link) => new()
    {
        Relation = link.Relation,
        Id = link.Memory.Id.ToString(),
        Team = link.Memory.Team.Value,
        Kind = link.Memory.Kind,
        State = link.Memory.State,
        Text = link.Memory.Text,
        Run = link.Memory.Provenance.Run?.Value,
    };

    private static MemoryVersionBody Of(MemoryRevision revision) => new()
    {
        Version = revision.Version,
        Seq = revision.Seq,
        At = revision.At,
        By = revision.By.ToString(),
        Text = revision.Text,
        Tags = OrNull(revision.Tags),
        Metadata = Raw(revision.Metadata),
        Visibility = revision.Visibility,
        ValidTo = revision.ValidTo,
    };

    private static MemoryVersionBody CurrentOf(MemoryRecord memory) => new()
    {
        Version = memory.Version,
        Seq = memory.Seq,
        At = memory.Times.UpdatedAt,
        By = memory.UpdatedBy.ToString(),
        Text = memory.Text,
        Tags = OrNull(memory.Tags),
        Metadata = Raw(memory.Metadata),
        Visibility = memory.Visibility,
        ValidTo = memory.Times.ValidTo,
    };

    private static ProvenanceBody Of(Provenance provenance) => new()
    {
        User = provenance.User?.Value,
        Agents = [.. provenance.Agents.Select(agent => agent.Value)],
        Resources = [.. provenance.Resources.Select(resource => resource.Value)],
        Run = provenance.Run?.Value,
        Source = Of(provenance.Source),
        WrittenBy = provenance.WrittenBy.ToString(),
    };

    private static UtilityBody? Of(MemoryUtility utility) => utility is { LastUsedAt: { } usedAt, Uses: > 0 }
        ? new UtilityBody
        {
            Successes = utility.Successes,
            MeanReward = utility.RewardSum / utility.Uses,
            Credit = utility.Trials > 0 ? utility.Credit / utility.Trials : 0,
            Replayed = utility.Replayed,
            LastUsedAt = usedAt,
            Stages = utility.Stages?.Select(stage => new StageBody { Stage = stage.Stage, Value = stage.Value, Uses = stage.Uses }).ToArray(),
        }
        : null;

    private static ConsolidationMarkBody? Of(ConsolidationMark? mark) => mark is null ? null : new ConsolidationMarkBody
    {
        Id = mark.Id.ToString(), Reason = mark.Reason, By = mark.By.ToString(), At = mark.At, Similarity = mark.Similarity,
    };

    private static IReadOnlyList<string>? IdsOrNull(ImmutableArray<MemoryId>? ids) =>
        ids is not { IsEmpty: false } some ? null : [.. some.Select(id => id.ToString())];

    private static EvidenceBody Of(MemoryEvidence evidence) => new()
    {
        Agent = evidence.Agent.Value,
        Run = evidence.Run?.Value,
        Source = Of(evidence.Source),
        At = evidence.At,
        Similarity = evidence.Similarity,
    };

    private static SourceBody? Of(SourceRef? source) =>
        source is null ? null : new SourceBody { Session = source.Session, Turn = Raw(source.Turn), Uri = source.Uri };

    private static ScoresBody ScoresOf(RecallHit hit) => new()
    {
        Vector = hit.Scores.Vector,
        Lexical = hit.Scores.Lexical,
        Graph = hit.Scores.Graph,
        Temporal = hit.Scores.Temporal,
        Utility = hit.Scores.Utility,
        Reranker = hit.Reranker,
    };

    private static string WriterOf(MemoryRecord memory) => memory.Provenance.Agents.IsDefaultOrEmpty ? "" : memory.Provenance.Agents[0].Value;

    private static RawJson? Raw(string? json) => json is null ? null : new RawJson(json);

    private static string[]? OrNull(ImmutableArray<string> items) => items.IsDefaultOrEmpty ? null : [.. items];
}
