namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>Something that is to happen at an instant.</summary>
internal sealed class SimulatedEvent(Action action, bool isBackground)
{
    public bool IsBackground => isBackground;

    /// <summary>Whether it has happened or was called off.</summary>
    public bool IsOver { get; set; }

    public void Fire() => action();
}
