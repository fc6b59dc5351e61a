using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Layout;

/// <summary>How fresh everything on the screen is: pools that answer, and the age of the last event.</summary>
public sealed partial class LiveSign
{
    private Sign _sign;
    private int _all;
    private int _connected;

    [Inject]
    private CircuitView View { get; set; } = default!;

    protected override bool FollowsTime => true;

    protected override void OnParametersSet() => _sign = Read();

    // Ages move once a second; between two seconds only a pool that came or went is news.
    protected override bool IsDifferent(Scene before)
    {
        if (Pictures.Current.Pools.Length == _all && Connected() == _connected)
            return false;
        return Update(Read());
    }

    protected override bool IsOlder() => Update(Read());

    private bool Update(Sign sign)
    {
        var isNew = sign != _sign;
        _sign = sign;
        return isNew;
    }

    private int Connected()
    {
        var connected = 0;
        foreach (var pool in Pictures.Current.Pools)
            if (pool.IsConnected)
                connected++;
        return connected;
    }

    private Sign Read()
    {
        var live = Pictures.Current;
        var connected = _connected = Connected();
        _all = live.Pools.Length;
        var silent = live.Pools.Where(pool => !pool.IsConnected).Select(pool => $"{pool.Name}: {pool.Problem ?? "out of reach"}").ToList();
        var isOwn = View.May(AdministrationRights.Pools);
        var words = live.Pools.Length switch
        {
            0 => isOwn ? "No pool yet" : "Nothing in view",
            1 => connected == 1 ? "1 pool" : "0 of 1 pool",
            var all => $"{connected} of {all} pools",
        };
        var last = live.LastEvent is { } moment ? $"last event {Format.Duration(Now - moment)} ago" : "no event yet";
        return new(words, last, live.Pools.Length > 0 ? silent.Count == 0 : isOwn ? false : null, silent.Count == 0 ? "All pools answer" : string.Join('\n', silent));
    }

    private readonly record struct Sign(string Pools, string Last, bool? IsWell, string Hint);
}
