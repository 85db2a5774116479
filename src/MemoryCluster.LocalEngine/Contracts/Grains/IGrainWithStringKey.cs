namespace Orleans;

/// <summary>The root of interfaces of grains that are known by a text.</summary>
public interface IGrainWithStringKey : IGrain
{
}
