using MemoryCluster.Access;
using MemoryCluster.Admission.Replay;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Diffusion;
using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Controller;

/// <summary>
/// Puts what other teams offer to the test on this team's own runs, as its own candidates are: SEDM's revalidation in the receiving domain
/// (arXiv 2509.09498, §3.3). What helps is confirmed, what hurts is withheld. See ADR 12.
/// </summary>
internal sealed class CopyWork(ControllerState state, ControllerEngineOptions options)
{
    // Runs put to copies in one pass, a few dozen microseconds each; what is left over is for the next pass.
    private const int LooksMax = 1_024;

    // Pairs kept of one copy. A sequential test that has not ended by then has little left to find.
    private const int PairsMax = 64;

    /// <summary>Decisions that their shard has not confirmed.</summary>
    public IEnumerable<ControllerEffect> Pending => state.Copies.Where(copy => copy.IsPending).Select(EffectOf);

    /// <summary>Whether an effect concerns a copy.</summary>
    public static bool Owns(ControllerEffect effect) =>
        effect is ControllerEffect.Settle { Memory: var memory } && StoredControllerRecord.KeyOfCopy(memory) == effect.Decision;

    /// <summary>Replays copies on the runs that came since they were last looked at; returns how many decisions changed.</summary>
    public Step<int> Test(ImmutableArray<MemoryRecord> copies, DirectorySnapshot directory, PendingBatch batch)
    {
        if (!batch.IsEmpty)
        {
            return new Step<int>.Wait();
        }

        var left = new ReplayBudget(Math.Max(0, state.Policy.ReplaysPerDay - state.ReplaysOn(batch.At)));
        var looks = LooksMax;
        var tested = new List<StoredCopy>();
        foreach (var copy in copies.Where(IsTested))
        {
            var known = state.FindCopy(copy.Id) is { } before && before.TextHash == HashOf(copy) ? before : NewOf(copy, batch.At);
            if (!known.IsPending && known.Replays.Length < PairsMax && Tested(known, copy, directory, left, ref looks, batch.At) is { } after)
            {
                tested.Add(after);
            }
        }

        if (tested.Count == 0)
        {
            return new Step<int>.Answer(0);
        }

        var changed = tested.Count(copy => copy.IsPending);
        StoredControllerRecord[] records = [.. tested.Select(copy => new StoredControllerRecord { Copy = copy })];
        return new Step<int>.Write([ControllerEngine.Mutation(batch, records)], () => tested.ForEach(state.Put), changed);
    }

    /// <summary>Notes that the shard has carried a decision out, or that the copy is gone.</summary>
    public Step<bool> Confirm(ControllerEffect effect, bool isGone, PendingBatch batch)
    {
        if (batch.Touches(effect.Decision))
        {
            return new Step<bool>.Wait();
        }

        if (effect is not ControllerEffect.Settle { Memory: var id } || state.FindCopy(id) is not { } copy || copy.Done >= effect.Revision)
        {
            return new Step<bool>.Answer(false);
        }

        if (isGone)
        {
            return Erase([id], batch);
        }

        var confirmed = copy with { Done = effect.Revision };
        return new Step<bool>.Write([ControllerEngine.Mutation(batch, new StoredControllerRecord { Copy = confirmed })], () => state.Put(confirmed), true);
    }

    /// <summary>Erases what is kept of copies that are no more.</summary>
    public Step<bool> Erase(ImmutableArray<MemoryId> gone, PendingBatch batch)
    {
        if (!batch.IsEmpty)
        {
            return new Step<bool>.Wait();
        }

        var erased = gone.Select(state.FindCopy).OfType<StoredCopy>().ToArray();
        // Not for good: who looked for it before it was deleted may still bring what it saw, and the next look takes that away again.
        var writes = erased.Select(copy => RecordWrite.Delete(new RecordKey(StoredControllerRecord.KeyOf(copy))));
        return erased.Length == 0
            ? new Step<bool>.Answer(false)
            : new Step<bool>.Write([new ShardMutation { Seq = batch.NextSeq, At = batch.At, Writes = [.. writes] }], () => Array.ForEach(erased, state.Remove), true);
    }

    /// <summary>The evidence that a copy stands on, run again on the runs that are still kept whole; null where nothing was replayed.</summary>
    public CertificateCheck? Check(MemoryRecord copy)
    {
        if (state.FindCopy(copy.Id) is not { Replays.IsEmpty: false } stored)
        {
            return null;
        }

        var memory = ReadOf(copy);
        var again = stored.TextHash == HashOf(copy)
            ? stored.Replays.Select(pair => (Pair: pair, Again: Rerun(pair, memory, stored.Terms)))
                .Where(each => each.Again is not null).ToArray()
            : [];
        return new CertificateCheck(
            DecisionOf(stored, copy), again.Length, [.. again.Where(each => each.Pair != each.Again).Select(each => each.Pair.Run)],
            PairedTest.EstimateOf(stored.Replays, stored.Terms) == stored.Effect, Evaluated: 0);
    }

    private ReplayPair? Rerun(ReplayPair pair, ReplayedMemory memory, ReplayTerms terms) =>
        state.Find(pair.Run) is { } run && !run.Run.Steps.Any(step => step.Erased)
            ? EvidenceReplay.Replay(memory, state.ContextOf(run), isOwn: false, terms, pair.At)
            : null;

    // No gate saw it: another team's proof, and this one's replays, are all that it stands on.
    private static CandidateDecision DecisionOf(StoredCopy stored, MemoryRecord copy) => new()
    {
        Id = StoredControllerRecord.KeyOf(stored), Run = stored.Replays[0].Run, Step = 0, Kind = copy.Kind, Decision = stored.Decision, Probability = 1,
        Propensity = 1, Reason = stored.Reason, At = stored.At, Memory = stored.Copy, TextHash = stored.TextHash, Replayer = EvidenceReplay.Name,
        Replays = stored.Replays, Effect = stored.Effect, GateSaid = Decision.Candidate, Terms = stored.Terms,
    };

    private StoredCopy? Tested(
        StoredCopy known, MemoryRecord copy, DirectorySnapshot directory, ReplayBudget left, ref int looks, DateTimeOffset at)
    {
        var memory = ReadOf(copy);
        var pairs = known.Replays.ToBuilder();
        var readTo = known.ReadTo;
        foreach (var run in state.KeptAfter(known.ReadTo))
        {
            if (looks == 0 || !left.HasLeft || pairs.Count >= PairsMax)
            {
                break;
            }

            looks--;
            readTo = run.Id.Value;
            if (MaySee(run.Run, copy, directory)
                && EvidenceReplay.Replay(memory, state.ContextOf(run), isOwn: false, known.Terms, at) is { } pair
                && left.TryTake())
            {
                pairs.Add(pair);
            }
        }

        return readTo == known.ReadTo ? null : Judged(known with { ReadTo = readTo, Replays = pairs.ToImmutable() }, copy, at);
    }

    private static StoredCopy Judged(StoredCopy copy, MemoryRecord memory, DateTimeOffset at)
    {
        var seen = copy with { Effect = PairedTest.EstimateOf(copy.Replays, copy.Terms) };
        return PairedTest.Judge(seen.Replays, seen.Effect, seen.Terms) switch
        {
            ReplayVerdict.Helps when seen.Decision == Decision.Candidate => seen with
            {
                // The gain was measured here, and is worth what it is worth for what was learned here.
                Decision = Decision.Admitted, Reason = DiffusionRules.ConfirmedByReplay, Weight = 1 + Math.Max(0, seen.Effect.Lower),
                Revision = seen.Revision + 1, At = at,
            },
            ReplayVerdict.Hurts when seen.Decision != Decision.Quarantined => seen with
            {
                Decision = Decision.Quarantined, Reason = DiffusionRules.RefutedByReplay, Weight = memory.Utility.Weight,
                Revision = seen.Revision + 1, At = at,
            },
            ReplayVerdict.Helps or ReplayVerdict.Hurts or ReplayVerdict.Open => seen,
            var verdict => throw new ArgumentOutOfRangeException(nameof(copy), verdict, "A new verdict needs a decision here."),
        };
    }

    private static bool IsTested(MemoryRecord copy) => copy is { Diffusion: not null, State: MemoryState.Candidate or MemoryState.Active };

    // The replayed run's own agent, for its own user, must be one who may see the copy.
    private bool MaySee(RunDraft run, MemoryRecord copy, DirectorySnapshot directory)
    {
        var reader = new Caller { Tenant = options.Tenant, Key = run.WrittenBy, Team = options.Team, Agent = run.Agent, User = run.User };
        return AccessView.Of(reader, directory).MaySee(copy);
    }

    // A placeholder names nothing, so it claims nothing: what stands there in a run is no contradiction of it.
    private static ReplayedMemory ReadOf(MemoryRecord copy)
    {
        var said = GeneralForm.WithoutPlaceholders(copy.Text);
        return new ReplayedMemory(new Candidate { Step = 0, Kind = copy.Kind, Agents = copy.Provenance.Agents, Question = said, Text = said });
    }

    private StoredCopy NewOf(MemoryRecord copy, DateTimeOffset at) => new()
    {
        Copy = copy.Id, TextHash = HashOf(copy), Terms = state.Policy.ReplayTerms, At = at,
        Revision = state.FindCopy(copy.Id)?.Revision ?? 0, Done = state.FindCopy(copy.Id)?.Done ?? 0,
    };

    private static Guid HashOf(MemoryRecord copy) => Hash128.Of("text", copy.Text);

    private static ControllerEffect EffectOf(StoredCopy copy)
    {
        var key = StoredControllerRecord.KeyOf(copy);
        return new ControllerEffect.Settle(copy.Copy, new AdmissionGrant(copy.Decision, copy.Reason, copy.Weight))
        {
            Decision = key, Revision = copy.Revision,
            // The moment goes into the name: what was erased and tested anew begins to count again, and is another decision.
            Operation = new OperationId(Hash128.Of("copy decision", key.ToString("N"), $"{copy.Revision}", $"{copy.At.UtcTicks}"), Guid.Empty),
        };
    }
}
