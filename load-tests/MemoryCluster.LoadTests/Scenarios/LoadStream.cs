namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Arrivals of one kind, independent of all others: a Poisson process between two moments.</summary>
/// <param name="Name">What it is called in reports and thresholds, such as <c>recall</c> or <c>others-during.recall</c>.</param>
/// <param name="Operation">What each request does.</param>
/// <param name="PerSecond">Arrivals a second.</param>
/// <param name="From">Its begin, from the run's.</param>
/// <param name="To">Its end.</param>
/// <param name="PickTeam">The team of the next request.</param>
internal sealed record LoadStream(string Name, LoadOperation Operation, double PerSecond, TimeSpan From, TimeSpan To, Func<Random, int> PickTeam);
