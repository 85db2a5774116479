namespace MemoryCluster;

/// <summary>An offer between two teams, for who asks.</summary>
/// <param name="Entry">How it stands.</param>
/// <param name="From">The team that learned it.</param>
/// <param name="GeneralForm">What is offered; null where the source is gone.</param>
[GenerateSerializer, Immutable, Alias("mc.DiffusionView")]
public sealed record DiffusionView(
    [property: Id(0)] DiffusionEntry Entry, [property: Id(1)] TeamId From, [property: Id(2)] string? GeneralForm);
