using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>Everything that a history says about one memory.</summary>
internal sealed class Life
{
    private readonly History _history;
    private readonly ILookup<MemoryId, MemoryId> _standings;
    private readonly List<LifeStep> _steps = [];

    private Life(
        History history, MemoryId id, ILookup<MemoryId, (Call Call, Sighting Sighting)> sightings, ILookup<MemoryId, MemoryId> standings,
        ImmutableArray<Request> requests)
    {
        _history = history;
        _standings = standings;
        Id = id;
        Sightings = [.. sightings[id]];
        Maker = requests.FirstOrDefault(request => request.Answered?.Answer is { Decision: Decision.Admitted } made && made.Id == id);
        FirstText = Maker?.First.Wording.Text ?? Sightings.Select(seen => seen.Sighting.FirstText).FirstOrDefault(text => text is not null);
        Origin = Maker?.First.Origin ?? Sightings.Select(seen => seen.Sighting.Origin).FirstOrDefault();
        Candidates = [.. requests.Where(IsCandidate)];
    }

    public MemoryId Id { get; }

    /// <summary>The request whose acknowledgement named it.</summary>
    public Request? Maker { get; }

    /// <summary>Requests that may have made it.</summary>
    public ImmutableArray<Request> Candidates { get; }

    /// <summary>Null where nobody saw it: it was named, as what another was merged into, and gone before anybody looked.</summary>
    public Origin? Origin { get; }

    public string? FirstText { get; }

    public ImmutableArray<(Call Call, Sighting Sighting)> Sightings { get; }

    public IReadOnlyList<LifeStep> Steps => _steps;

    public static ImmutableArray<Life> Of(History history)
    {
        var requests = Request.Of(history);
        var sightings = Seen(history).ToLookup(seen => seen.Sighting.Id);
        var named = requests.Select(request => request.Answered?.Answer).OfType<RememberResult>()
            .Where(answer => answer.Decision != Decision.Rejected).Select(answer => answer.Id);
        // What consolidation makes and takes back was written by nobody, and so were copies; InsightRules and CopyRules look after them.
        var copies = sightings.Where(seen => seen.Any(one => one.Sighting.CopyOf is not null)).Select(seen => seen.Key).ToHashSet();
        var ids = sightings.Where(seen => !seen.Any(one => one.Sighting.DerivedFrom.Length > 0)).Select(seen => seen.Key).Concat(named).Distinct()
            .Where(id => !copies.Contains(id)).Order();
        var standings = sightings.SelectMany(seen => seen)
            .SelectMany(seen => seen.Sighting.StandsFor, (seen, merged) => (By: seen.Sighting.Id, Merged: merged)).Distinct()
            .ToLookup(pair => pair.By, pair => pair.Merged);
        var lives = ids.Select(id => new Life(history, id, sightings, standings, requests)).ToImmutableArray();
        foreach (var life in lives)
        {
            life.AddSteps(requests);
        }

        return lives;
    }

    private static IEnumerable<(Call Call, Sighting Sighting)> Seen(History history) =>
        history.Of<ReadCall>().SelectMany(call => call.Seen.Select(seen => ((Call)call, seen)))
            .Concat(history.Of<PatchCall>().Where(call => call.Answer is not null).Select(call => ((Call)call, call.Answer!)));

    private bool IsCandidate(Request request) =>
        Maker is null && request.EffectsMax > 0 && request.First.Origin == Origin && (FirstText is null || request.First.Wording.Text == FirstText)
        && Sightings.All(seen => request.First.Start <= seen.Call.End);

    private void AddSteps(ImmutableArray<Request> requests)
    {
        AddCreation();
        foreach (var request in requests)
        {
            // A merge tells that its target was there, at this version.
            if (request.Answered is { Answer: { Decision: Decision.Merged } merged } answered && merged.Id == Id)
            {
                _steps.Add(new See(request.First.Start, answered.End, merged.Version, null));
            }
        }

        foreach (var attempts in AttemptsOf<PatchCall>(call => call.Id, call => call.Key))
        {
            AddChange(attempts);
        }

        foreach (var attempts in AttemptsOf<DeleteCall>(call => call.Id, call => call.Key))
        {
            AddDeletion(attempts);
        }

        foreach (var call in _history.Calls)
        {
            Add(call);
        }
    }

    // The calls under one key are one request; a call without a key is one by itself.
    private IEnumerable<ImmutableArray<T>> AttemptsOf<T>(Func<T, MemoryId> idOf, Func<T, Guid?> keyOf)
        where T : Call
    {
        var calls = _history.Of<T>().Where(call => idOf(call) == Id).ToList();
        return calls.Where(call => keyOf(call) is null).Select(call => ImmutableArray.Create(call))
            .Concat(calls.Where(call => keyOf(call) is not null).GroupBy(keyOf).Select(attempts => attempts.ToImmutableArray()));
    }

    private void AddCreation()
    {
        if (Maker is { } maker)
        {
            _steps.Add(new Create(maker.First.Start, maker.Answered!.End, IsOptional: false, maker.First.Wording));
        }
        else if (!Candidates.IsEmpty)
        {
            var wordings = Candidates.Select(request => request.First.Wording).Distinct().ToList();
            _steps.Add(new Create(Candidates.Min(request => request.First.Start), long.MaxValue, IsOptional: true, wordings is [var only] ? only : null));
        }
        else if (Origin is null)
        {
            _steps.Add(new Create(long.MinValue, long.MaxValue, IsOptional: true, null));
        }
    }

    private void Add(Call call)
    {
        switch (call)
        {
            case ForgetCall forget when Origin is null || (forget.Team == Origin.Team && forget.Run == Origin.Run):
                Add(forget);
                break;
            case ReadCall { IsOk: true } read:
                Add(read);
                break;
        }
    }

    private void AddChange(ImmutableArray<PatchCall> attempts)
    {
        var first = attempts[0];
        if (EffectOf(attempts) is var (start, end, isOptional))
        {
            _steps.Add(new Change(start, end, isOptional, first.IfVersion, first.Text, first.Visibility));
        }

        foreach (var call in attempts)
        {
            AddRefusal(call, call.Caller);
            if (call.Answer is { } answer)
            {
                _steps.Add(new See(call.Start, call.End, answer.Version, answer.Wording));
            }
            else if (call.Fault == "stale_version")
            {
                _steps.Add(new SeeOther(call.Start, call.End, call.IfVersion));
            }
        }
    }

    private void AddDeletion(ImmutableArray<DeleteCall> attempts)
    {
        if (EffectOf(attempts) is var (start, end, isOptional))
        {
            _steps.Add(new Delete(start, end, isOptional));
        }

        foreach (var call in attempts)
        {
            AddRefusal(call, call.Caller);
        }
    }

    /// <summary>When a request had its effect: by its first acknowledgement, or perhaps, or not at all.</summary>
    private (long Start, long End, bool IsOptional)? EffectOf<T>(ImmutableArray<T> attempts)
        where T : Call
    {
        var start = attempts.Min(call => call.Start);
        return attempts.Where(call => call.IsOk).MinBy(call => call.End) is { } answered ? (start, answered.End, false)
            : attempts.Any(call => call.IsOpen(_history.MayDouble)) ? (start, long.MaxValue, true)
            : null;
    }

    private void AddRefusal(Call call, Caller caller)
    {
        if (call.Fault == "memory_not_found" && caller.IsOperator)
        {
            _steps.Add(new Miss(call.Start, call.End));
        }
    }

    private void Add(ForgetCall forget)
    {
        if (forget.Deleted.Contains(Id))
        {
            _steps.Add(new Delete(forget.Start, forget.End, IsOptional: false));
        }
        else if (forget.IsOk && Origin is not null)
        {
            _steps.Add(new Miss(forget.Start, forget.End));
        }

        // A request's twin may come later and find more.
        if (_history.MayDouble || forget.IsOpen(mayDouble: false))
        {
            _steps.Add(new Sweep(forget.Start, long.MaxValue, IsOptional: true));
        }
    }

    private void Add(ReadCall read)
    {
        var seen = read.Seen.FirstOrDefault(sighting => sighting.Id == Id);
        if (seen is not null)
        {
            _steps.Add(new See(read.Start, read.End, seen.Version, seen.Wording));
        }
        else if (read.Seen.Any(sighting => sighting.StandsFor.Contains(Id)))
        {
            _steps.Add(new StoodFor(read.Start, read.End));
        }
        else if ((read.Wanted == Id && read.Caller.IsOperator) || (read.WholeTeam is { } team && team == Origin?.Team && !MayBeStoodFor(read)))
        {
            _steps.Add(new Miss(read.Start, read.End));
        }
    }

    // Behind one that was itself behind another: the page does not tell, and what was seen of that one at another time need not have held then.
    // At the end nothing changes any more, and everything is looked at.
    private bool MayBeStoodFor(ReadCall read)
    {
        var hidden = read.Seen.SelectMany(sighting => sighting.StandsFor).ToHashSet();
        if (!read.IsFinal && hidden.Count > 0)
        {
            return true;
        }

        for (var grew = hidden.Count > 0; grew;)
        {
            grew = hidden.SelectMany(id => _standings[id]).ToList().Aggregate(false, (grown, id) => hidden.Add(id) || grown);
        }

        return hidden.Contains(Id);
    }
}
