namespace Orleans.Core;

/// <summary>A stored state of one grain, with its value.</summary>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
