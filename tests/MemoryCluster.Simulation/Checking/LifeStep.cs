using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>What one call says about one memory: a change that it made, or a condition that held at some moment between its ends.</summary>
/// <param name="Start">No effect before.</param>
/// <param name="End">No effect after; <see cref="long.MaxValue"/> where it may come at any time.</param>
/// <param name="IsOptional">Whether it may never have taken effect.</param>
internal abstract record LifeStep(long Start, long End, bool IsOptional)
{
    /// <summary>Whether it leaves the state as it is.</summary>
    public abstract bool IsRead { get; }

    /// <summary>The state after it; null where it cannot happen in this state.</summary>
    public abstract LifeState? Apply(LifeState state);
}

internal sealed record Create(long Start, long End, bool IsOptional, Wording? Wording) : LifeStep(Start, End, IsOptional)
{
    public override bool IsRead => false;

    public override LifeState? Apply(LifeState state) => state == LifeState.Unwritten ? new LifeState(1, Wording) : null;
}

internal sealed record Change(long Start, long End, bool IsOptional, int IfVersion, string? Text, Visibility? Visibility)
    : LifeStep(Start, End, IsOptional)
{
    public override bool IsRead => false;

    public override LifeState? Apply(LifeState state) =>
        state.IsThere && state.Version == IfVersion
            ? new LifeState(IfVersion + 1, state.Wording is { } old ? new Wording(Text ?? old.Text, Visibility ?? old.Visibility) : null)
            : null;
}

/// <summary>A deletion of a memory that is there.</summary>
internal sealed record Delete(long Start, long End, bool IsOptional) : LifeStep(Start, End, IsOptional)
{
    public override bool IsRead => false;

    public override LifeState? Apply(LifeState state) => state.IsThere ? LifeState.Gone : null;
}

/// <summary>A deletion of whatever is there.</summary>
internal sealed record Sweep(long Start, long End, bool IsOptional) : LifeStep(Start, End, IsOptional)
{
    public override bool IsRead => false;

    public override LifeState? Apply(LifeState state) => state.IsThere ? LifeState.Gone : state;
}

/// <summary>It was seen, with these words or, where only the version was told, with any.</summary>
internal sealed record See(long Start, long End, int Version, Wording? Wording) : LifeStep(Start, End, IsOptional: false)
{
    public override bool IsRead => true;

    public override LifeState? Apply(LifeState state) =>
        state.IsThere && state.Version == Version && (Wording is null || state.Wording is null || Wording == state.Wording) ? state : null;
}

/// <summary>It was there, at another version than this.</summary>
internal sealed record SeeOther(long Start, long End, int Version) : LifeStep(Start, End, IsOptional: false)
{
    public override bool IsRead => true;

    public override LifeState? Apply(LifeState state) => state.IsThere && state.Version != Version ? state : null;
}

/// <summary>It was not there.</summary>
internal sealed record Miss(long Start, long End) : LifeStep(Start, End, IsOptional: false)
{
    public override bool IsRead => true;

    public override LifeState? Apply(LifeState state) => state.IsThere ? null : state;
}

/// <summary>It was there, behind another that stands for it.</summary>
internal sealed record StoodFor(long Start, long End) : LifeStep(Start, End, IsOptional: false)
{
    public override bool IsRead => true;

    public override LifeState? Apply(LifeState state) => state.IsThere ? state : null;
}
