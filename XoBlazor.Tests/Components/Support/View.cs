namespace XoBlazor.Tests.Components.Support;

/// <summary>A screen somebody looks at: its size, and whether it is dark.</summary>
public readonly record struct View(int Width, int Height, bool IsDark)
{
    public static IReadOnlyList<View> All { get; } = [new(1440, 900, false), new(1440, 900, true), new(390, 844, false), new(390, 844, true)];

    public bool IsSmall => Width < 640;

    public override string ToString() => $"{Width}{(IsDark ? "-dark" : "")}";
}
