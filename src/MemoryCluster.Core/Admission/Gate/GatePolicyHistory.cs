namespace MemoryCluster.Admission.Gate;

/// <summary>A team's policies: every version that was in force, and which one is.</summary>
public sealed record GatePolicyHistory
{
    /// <summary>Versions kept. A policy takes 2 KB; what is older than these was replaced by better ones many times over.</summary>
    public const int VersionsMax = 32;

    public ImmutableArray<GatePolicy> Policies { get; init; } = [GatePolicies.Initial];

    /// <summary>The version in force.</summary>
    public long ActiveVersion { get; init; } = GatePolicies.Initial.Version;

    /// <summary>The next free version: higher than any that ever was, rolled back ones included.</summary>
    public long NextVersion { get; init; } = GatePolicies.Initial.Version + 1;

    public GatePolicy Active => Policies.First(policy => policy.Version == ActiveVersion);

    /// <summary>Puts a policy in force unless it may be worse than the active one: the lower bound of the difference decides.</summary>
    /// <param name="margin">How much worse it may be at that bound and still be taken. Default 0.</param>
    public (GatePolicyHistory History, GatePromotion Promotion) Offer(GatePolicy policy, OffPolicy log, double margin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.Version, NextVersion);
        var difference = log.Difference(policy, Active);
        var promoted = difference.Low >= -margin;
        var next = this with { NextVersion = policy.Version + 1 };
        return (promoted ? next.With(policy) : next, new GatePromotion(policy.Version, ActiveVersion, difference, promoted));
    }

    /// <summary>Puts an earlier version in force again; the later ones stay to be looked at.</summary>
    public GatePolicyHistory RollBack(long version) =>
        Policies.Any(policy => policy.Version == version)
            ? this with { ActiveVersion = version }
            : throw new ArgumentOutOfRangeException(nameof(version), version, $"Versions {string.Join(", ", Policies.Select(policy => policy.Version))} are kept.");

    private GatePolicyHistory With(GatePolicy policy) =>
        this with { Policies = [.. Policies.Add(policy).TakeLast(VersionsMax)], ActiveVersion = policy.Version };
}
