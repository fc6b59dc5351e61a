using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Live;

/// <summary>Says of which pools what stands on the page may be out of date, since when, and why.</summary>
public sealed partial class StaleNotice
{
    private const int Most = 3;

    private List<Line> _lines = [];

    [Inject]
    private CircuitView View { get; set; } = default!;

    protected override bool FollowsTime => true;

    protected override void OnParametersSet() => _lines = Read();

    protected override bool IsDifferent(Scene before) => (_lines.Count > 0 || Scene.Pools.Any(pool => !pool.IsConnected)) && Update();

    protected override bool IsOlder() => _lines.Count > 0 && Update();

    private bool Update()
    {
        var lines = Read();
        if (lines.SequenceEqual(_lines))
            return false;
        _lines = lines;
        return true;
    }

    private List<Line> Read() =>
        Scene.IsPast ? [] : [.. Scene.Pools.Where(pool => !pool.IsConnected).Take(Most).Select(pool => new Line(pool.Name, Words(pool), pool.Problem))];

    private string Words(ScenePool pool)
    {
        var age = pool.LastAnswer is { } moment ? $"is shown as it was {Format.Ago(moment, Now)}." : pool.Picture is null ? "could not be read yet." : "may have changed.";
        return pool.NextTry is { } next && next > Now ? $"{age} Next try in {Format.Duration(next - Now)}." : age;
    }

    private sealed record Line(string Name, string Words, string? Problem);
}
