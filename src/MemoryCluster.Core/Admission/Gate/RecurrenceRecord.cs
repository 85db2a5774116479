namespace MemoryCluster.Admission.Gate;

/// <summary>
/// Which kinds of step come back: learned as steps pass, of all of them, kept or not. It tells a look-up that every team makes from a
/// calculation that none makes twice.
/// </summary>
/// <remarks>Counters only, so the records of several owners add up.</remarks>
public sealed class RecurrenceRecord
{
    /// <summary>Kinds that are told apart. Some 200 bytes each, so 2 MB; a kind beyond them is not counted.</summary>
    public const int KindsMax = 10_000;

    private readonly Dictionary<string, RecurrenceCounts> _kinds = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, RecurrenceCounts> Kinds => _kinds;

    /// <summary>The counts of a kind, zero for one that was never seen.</summary>
    public RecurrenceCounts this[string kind] => _kinds.GetValueOrDefault(kind);

    /// <summary>A step was taken that nobody on its task had taken before.</summary>
    public void NoteFirst(StepKinds kinds) => Add(kinds, new(1, 0, 0, 0));

    /// <summary>A step was taken again by another run. <paramref name="isFirstReturn"/>: nobody but its first taker had asked for it before.</summary>
    public void NoteAgain(StepKinds kinds, bool isFirstReturn) => Add(kinds, new(0, isFirstReturn ? 1 : 0, 1, 0));

    /// <summary>A step was taken again, and its observation was another.</summary>
    public void NoteContradicted(StepKinds kinds) => Add(kinds, new(0, 0, 0, 1));

    /// <summary>Adds another record's counts.</summary>
    public void Merge(IEnumerable<KeyValuePair<string, RecurrenceCounts>> other)
    {
        foreach (var (kind, counts) in other)
        {
            Add(kind, counts);
        }
    }

    /// <summary>The counts that belong to a step's kinds.</summary>
    public RecurrenceView ViewOf(StepKinds kinds) =>
        new() { All = this[StepKinds.All], Tool = this[kinds.Tool], Shape = this[kinds.Shape], Domain = this[kinds.Domain] };

    private void Add(StepKinds kinds, RecurrenceCounts counts)
    {
        Add(StepKinds.All, counts);
        Add(kinds.Tool, counts);
        Add(kinds.Shape, counts);
        Add(kinds.Domain, counts);
    }

    private void Add(string kind, RecurrenceCounts counts)
    {
        if (_kinds.Count < KindsMax || _kinds.ContainsKey(kind))
        {
            _kinds[kind] = this[kind] + counts;
        }
    }
}
