using MemoryCluster.Access;
using MemoryCluster.Diffusion;
using MemoryCluster.Grains.Controller;
using MemoryCluster.Grains.Embedders;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using MemoryCluster.Shards;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Grains.Diffusions;

/// <summary>
/// Carries what a team has proved to teams whose work is near, and takes it back. Everything is written to the ledger before it is sent, and
/// sent under names that make a repetition harmless: a pass goes on where a crash broke off the one before.
/// </summary>
internal sealed partial class DiffusionGrain(
    DirectoryCache directories, EmbedderCatalog embedders, IShardStores stores, TimeProvider clock, IRandomSource chance, IOptions<UpkeepOptions> upkeep,
    ILogger<DiffusionGrain> logger)
    : EngineGrain, IDiffusionGrain
{
    // Memories that a pass considers: with eight teams each, some hundred questions to other shards.
    private const int SourcesMax = 16;

    // Teams that are asked how near they are, those of the same domain first.
    private const int AskedMax = 32;

    private TenantId _tenant;
    private TeamId _team;
    private DiffusionEngine _engine = null!;

    protected override bool HasFailed => _engine.HasFailed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _team) = GrainKey.ParseTeam(this.GetPrimaryKeyString());
        // before the store: opening one for a team that is not there would make it
        (await directories.GetAsync(_tenant, cancellationToken)).Require(_team);
        _engine = await DiffusionEngine.OpenAsync(_tenant, _team, stores, clock, cancellationToken);
        StartUpkeep(upkeep.Value.Period, chance.Next());
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }

    public Task<DiffusionReport> RunAsync(bool mayOffer, CancellationToken cancellationToken) => WatchAsync(PassAsync(mayOffer, cancellationToken));

    public Task RecheckAsync(ImmutableArray<MemoryId> sources, CancellationToken cancellationToken) => WatchAsync(RecheckAsync(sources.ToHashSet(), cancellationToken));

    public async Task<ImmutableArray<MemoryId>> FindCopiesAsync(MemoryId source, CancellationToken cancellationToken)
    {
        await WatchAsync(_engine.ConfirmCurrentAsync(cancellationToken).AsTask());
        return [.. _engine.Entries.Where(entry => entry.Source == source && entry.IsLive()).Select(entry => entry.Copy).OfType<MemoryId>().Order()];
    }

    public async Task<ImmutableArray<DiffusionView>> ListAsync(Caller caller, int limit, CancellationToken cancellationToken)
    {
        await WatchAsync(_engine.ConfirmCurrentAsync(cancellationToken).AsTask());
        var view = AccessView.Of(caller, await directories.GetAsync(_tenant, cancellationToken));
        var entries = _engine.Entries.OrderByDescending(entry => entry.At).Take(limit).ToArray();
        var sources = await FindAsync(_team, [.. entries.Select(entry => entry.Source).Distinct()], cancellationToken);
        var given = entries.Select(entry => ViewOf(entry, sources.GetValueOrDefault(entry.Source), view));
        var received = (await AskShardsAsync(_team, shard => shard.ListCopiesAsync(limit, cancellationToken), cancellationToken))
            .SelectMany(copies => copies).Where(view.MaySee).Select(copy => new DiffusionView(DiffusionRules.EntryOf(copy), copy.Diffusion!.Team, copy.Text));
        return
        [
            .. given.OfType<DiffusionView>().Concat(received)
                .OrderByDescending(offer => offer.Entry.At).ThenBy(offer => offer.Entry.Source).ThenBy(offer => offer.Entry.To.Value, StringComparer.Ordinal)
                .Take(limit),
        ];
    }

    protected override Task MaintainAsync(CancellationToken cancellationToken) => _engine.MaintainAsync();

    private async Task<DiffusionReport> PassAsync(bool mayOffer, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        await ConfirmAsync(cancellationToken);
        await TestReceivedAsync(cancellationToken);
        // Whoever deleted, hid or changed a memory may have crashed before it told us.
        await RecheckSourcesAsync(static _ => true, changes, cancellationToken);
        await CarryOutWithdrawalsAsync(changes, cancellationToken);
        await RecheckCopiesAsync(changes, cancellationToken);
        await CarryOutOffersAsync(changes, cancellationToken);
        if (mayOffer)
        {
            await DecideOffersAsync(changes, cancellationToken);
            await CarryOutOffersAsync(changes, cancellationToken);
        }

        return new DiffusionReport([.. changes.Latest]);
    }

    // A later owner may have offered what this ledger does not know of: whoever finds nothing to withdraw must be the one who would.
    private Task ConfirmAsync(CancellationToken cancellationToken) => _engine.ConfirmCurrentAsync(cancellationToken).AsTask();

    // What others offered this team meets the team's own runs.
    private async Task TestReceivedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await GrainFactory.GetGrain<IControllerGrain>(GrainKey.Of(_tenant, _team)).TestCopiesAsync(cancellationToken);
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            // deliberately no failure: the controller does it in its own upkeep too
            LogNotReached(e, _team);
        }
    }

    // Who may see the source may see what is offered of it; of a source that is gone only the tenant's operator hears.
    private DiffusionView? ViewOf(DiffusionEntry entry, MemoryRecord? source, AccessView view) => source is null
        ? view.Caller.IsOperator ? new DiffusionView(entry, _team, null) : null
        : view.MaySee(source) ? new DiffusionView(entry, _team, GeneralForm.Of(source.Text)?.Text) : null;

    private async Task RecheckAsync(HashSet<MemoryId> sources, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        await ConfirmAsync(cancellationToken);
        await RecheckSourcesAsync(sources.Contains, changes, cancellationToken);
        await CarryOutWithdrawalsAsync(changes, cancellationToken);
    }

    private async Task RecheckSourcesAsync(Func<MemoryId, bool> isAsked, Changes changes, CancellationToken cancellationToken)
    {
        var live = _engine.Entries.Where(entry => entry.IsLive() && entry.Status != DiffusionStatus.Withdrawing && isAsked(entry.Source)).ToArray();
        if (live.Length == 0)
        {
            return;
        }

        var sources = await FindAsync(_team, [.. live.Select(entry => entry.Source).Distinct()], cancellationToken);
        var now = clock.GetUtcNow();
        await KeepAsync(
            changes,
            live.Select(entry => ((DiffusionEntry?)entry, DiffusionRules.WithdrawalOf(entry, sources.GetValueOrDefault(entry.Source), now) is { } reason
                ? At(entry, DiffusionStatus.Withdrawing, reason)
                : null)),
            cancellationToken);
    }

    private async Task CarryOutWithdrawalsAsync(Changes changes, CancellationToken cancellationToken)
    {
        var withdrawn = await Task.WhenAll(_engine.Entries.Where(entry => entry.Status == DiffusionStatus.Withdrawing).ToArray().Select(WithdrawAsync));
        await KeepAsync(changes, withdrawn, cancellationToken);
    }

    // Not the caller's token: what is decided is carried out, whether or not somebody still waits for it.
    private async Task<(DiffusionEntry? Before, DiffusionEntry? After)> WithdrawAsync(DiffusionEntry entry)
    {
        var isDone = await TryAsync(entry, async () =>
        {
            await AskShardsAsync(
                entry.To,
                async shard =>
                {
                    await shard.WithdrawAsync(entry.Copy!.Value, default);
                    return true;
                },
                default);

            await DeletedSources.TellAsync(GrainFactory, _tenant, entry.To, [entry.Copy!.Value], default);
        });
        return (entry, isDone ? At(entry, DiffusionStatus.Withdrawn, entry.Reason) : null);
    }

    private async Task RecheckCopiesAsync(Changes changes, CancellationToken cancellationToken)
    {
        var there = _engine.Entries.Where(entry => entry.Status is DiffusionStatus.Offered or DiffusionStatus.Confirmed or DiffusionStatus.Refuted).ToArray();
        foreach (var team in there.GroupBy(entry => entry.To))
        {
            IReadOnlyDictionary<MemoryId, MemoryRecord>? copies = null;
            if (await TryAsync(team.First(), async () => copies = await FindAsync(team.Key, [.. team.Select(entry => entry.Copy!.Value)], cancellationToken)))
            {
                await KeepAsync(changes, team.Select(entry => ((DiffusionEntry?)entry, Rechecked(entry, copies!.GetValueOrDefault(entry.Copy!.Value)))), cancellationToken);
            }
        }
    }

    private DiffusionEntry? Rechecked(DiffusionEntry entry, MemoryRecord? copy)
    {
        var (status, reason) = DiffusionRules.StatusOf(copy);
        var seen = entry with { Uses = copy?.Utility.Uses ?? entry.Uses, Successes = copy?.Utility.Successes ?? entry.Successes };
        return status != entry.Status ? At(seen, status, reason) : seen != entry ? seen : null;
    }

    private async Task DecideOffersAsync(Changes changes, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var policy = (await GrainFactory.GetGrain<IControllerGrain>(GrainKey.Of(_tenant, _team)).GetPolicyAsync(cancellationToken)).Diffusion;
        var offered = await AskShardsAsync(_team, shard => shard.ListOfferedAsync(SourcesMax, cancellationToken), cancellationToken);
        foreach (var source in offered.SelectMany(memories => memories).OrderByDescending(memory => memory.Utility.Weight).ThenBy(memory => memory.Id).Take(SourcesMax))
        {
            if (GeneralForm.Of(source.Text) is { } general)
            {
                await KeepAsync(changes, await DecideOffersAsync(source, general, directory, policy, cancellationToken), cancellationToken);
            }
        }
    }

    private async Task<IEnumerable<(DiffusionEntry? Before, DiffusionEntry? After)>> DecideOffersAsync(
        MemoryRecord source, GeneralForm general, DirectorySnapshot directory, DiffusionPolicy policy, CancellationToken cancellationToken)
    {
        var own = directory.Require(_team);
        var now = clock.GetUtcNow();
        var others = directory.Teams.Values
            .Where(team => team.Id != _team && DiffusionRules.MayConsider(_engine.Find(source.Id, team.Id), general.Hash, now))
            .OrderByDescending(team => team.Domain == own.Domain).ThenBy(team => team.Id.Value, StringComparer.Ordinal)
            .Take(AskedMax)
            .ToArray();
        var decided = new List<DiffusionEntry>();
        var asked = new List<(TeamRecord Team, double Nearness)>();
        Embedding? vector = null;
        foreach (var team in others)
        {
            // However many memories say the same in general, a team hears it once from this one.
            if (_engine.Entries.Any(entry => entry.To == team.Id && entry.General == general.Hash && entry.Source != source.Id && entry.IsLive()))
            {
                decided.Add(Entry(source, general, team, DiffusionStatus.Duplicate, "said_already", 0, policy, now));
                continue;
            }

            vector ??= await GrainFactory.GetEmbedder(embedders.ModelFor(directory)).EmbedAsync(general.Text, cancellationToken);
            if (await NearnessOfAsync(team, vector, cancellationToken) is { } likeness)
            {
                asked.Add((team, DiffusionRules.NearnessOf(team.Domain == own.Domain, likeness, DiffusionRules.TransferTo(team.Id, _engine.Entries))));
            }
        }

        var live = _engine.Entries.Count(entry => entry.Source == source.Id && entry.IsLive());
        var ranked = asked.OrderByDescending(team => team.Nearness).ThenBy(team => team.Team.Id.Value, StringComparer.Ordinal).ToArray();
        for (var i = 0; i < ranked.Length; i++)
        {
            var (team, nearness) = ranked[i];
            decided.Add(nearness < policy.NearnessMin ? Entry(source, general, team, DiffusionStatus.Refused, "too_far", nearness, policy, now)
                : live + i >= policy.TeamsMax ? Entry(source, general, team, DiffusionStatus.Refused, "teams_enough", nearness, policy, now)
                : Entry(source, general, team, DiffusionStatus.Offering, "near", nearness, policy, now));
        }

        return decided.Select(entry => (Before: _engine.Find(entry.Source, entry.To), After: (DiffusionEntry?)entry)).Where(change => !IsSame(change.Before, change.After!));
    }

    // A duplicate stays one with every pass; nothing is written for that.
    private static bool IsSame(DiffusionEntry? before, DiffusionEntry after) =>
        before is { Status: DiffusionStatus.Duplicate } && after.Status == DiffusionStatus.Duplicate && before.General == after.General;

    private async Task<Nearness?> NearnessOfAsync(TeamRecord team, Embedding vector, CancellationToken cancellationToken)
    {
        try
        {
            var asked = await AskShardsAsync(team.Id, shard => shard.GetNearnessAsync(vector, cancellationToken), cancellationToken);
            return asked.MaxBy(nearness => nearness.Mean);
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            LogNotReached(e, team.Id);
            return null;
        }
    }

    private static DiffusionEntry Entry(
        MemoryRecord source, GeneralForm general, TeamRecord to, DiffusionStatus status, string reason, double nearness, DiffusionPolicy policy, DateTimeOffset now) => new()
        {
            Source = source.Id,
            SourceVersion = source.Version,
            General = general.Hash,
            To = to.Id,
            Copy = status == DiffusionStatus.Offering ? DiffusionRules.CopyIdOf(source, to, now) : null,
            Status = status,
            Reason = reason,
            Nearness = nearness,
            Weight = policy.WeightShare * source.Utility.Weight,
            At = now,
        };

    private async Task CarryOutOffersAsync(Changes changes, CancellationToken cancellationToken)
    {
        var pending = _engine.Entries.Where(entry => entry.Status == DiffusionStatus.Offering).ToArray();
        if (pending.Length == 0)
        {
            return;
        }

        var sources = await FindAsync(_team, [.. pending.Select(entry => entry.Source).Distinct()], cancellationToken);
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        foreach (var entry in pending)
        {
            // Of a source that is gone or says something else by now the next pass takes back what may have been sent.
            if (sources.GetValueOrDefault(entry.Source) is { } source && GeneralForm.Of(source.Text) is { } general && general.Hash == entry.General)
            {
                await KeepAsync(changes, [(entry, await OfferAsync(entry, source, general, directory))], cancellationToken);
            }
        }
    }

    private async Task<DiffusionEntry?> OfferAsync(DiffusionEntry entry, MemoryRecord source, GeneralForm general, DirectorySnapshot directory)
    {
        var answer = default(DiffusionAnswer);
        var isDone = await TryAsync(entry, async () =>
        {
            var vector = await GrainFactory.GetEmbedder(embedders.ModelFor(directory)).EmbedAsync(general.Text, default);
            var offer = new DiffusionOffer
            {
                Copy = entry.Copy!.Value,
                Origin = new DiffusionOrigin { Source = source.Id, SourceVersion = entry.SourceVersion, Team = _team, General = general.Hash },
                Kind = source.Kind, Text = general.Text, Embedding = vector, Provenance = source.Provenance, Times = source.Times,
                Weight = entry.Weight, Trust = source.Trust,
            };
            // the first shard of a team keeps its copies: whoever repeats an offer finds the one that was taken
            answer = await GrainFactory.AskFirstShardAsync(
                directories, _tenant, directory.Require(entry.To), shard => shard.OfferAsync(offer, default), default);
        });
        return !isDone ? null
            : answer.IsAccepted ? At(entry, DiffusionStatus.Offered, DiffusionRules.Diffused)
            : answer.Reason == "deleted_there" ? At(entry, DiffusionStatus.Declined, answer.Reason)
            : At(entry, DiffusionStatus.Refused, answer.Reason);
    }

    private async Task<IReadOnlyDictionary<MemoryId, MemoryRecord>> FindAsync(
        TeamId team, ImmutableArray<MemoryId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<MemoryId, MemoryRecord>();
        var answers = await AskShardsAsync(team, shard => shard.FindRecordsAsync(ids, cancellationToken), cancellationToken);
        foreach (var memory in answers.SelectMany(records => records))
        {
            found[memory.Id] = memory;
        }

        return found;
    }

    private async Task<T[]> AskShardsAsync<T>(TeamId team, Func<IShardGrain, Task<T>> ask, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        return await GrainFactory.AskShardsAsync(directories, _tenant, directory.Require(team), ask, cancellationToken);
    }

    private async Task<bool> TryAsync(DiffusionEntry entry, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            // deliberately no failure: the ledger says what is still to be done, and the next pass does it
            LogNotReached(e, entry.To);
            return false;
        }
    }

    private async Task KeepAsync(Changes changes, IEnumerable<(DiffusionEntry? Before, DiffusionEntry? After)> decided, CancellationToken cancellationToken)
    {
        (DiffusionEntry?, DiffusionEntry)[] changed = [.. decided.Where(change => change.After is not null).Select(change => (change.Before, change.After!))];
        changes.Note(await _engine.ChangeAsync(changed, cancellationToken));
    }

    private DiffusionEntry At(DiffusionEntry entry, DiffusionStatus status, string reason) =>
        entry with { Status = status, Reason = reason, At = clock.GetUtcNow() };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Team {Team} was not reached by a diffusion; the next pass goes on.")]
    private partial void LogNotReached(Exception exception, TeamId team);

    /// <summary>What a pass changed, each line as it stands last.</summary>
    private sealed class Changes
    {
        private readonly Dictionary<(MemoryId, TeamId), DiffusionEntry> _latest = [];

        public IEnumerable<DiffusionEntry> Latest => _latest.Values;

        public void Note(IEnumerable<DiffusionEntry> entries)
        {
            foreach (var entry in entries)
            {
                _latest[(entry.Source, entry.To)] = entry;
            }
        }
    }
}
