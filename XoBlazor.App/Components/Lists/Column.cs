using Microsoft.AspNetCore.Components;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>One column of a list: how a cell is read from a picture, ordered and shown.</summary>
/// <param name="Key">Its name in the address.</param>
public sealed record Column<T>(string Key, string Title) where T : XapiObject
{
    /// <summary>All that the cell says, as text: it is shown unless <see cref="View"/> is set, and the cell is drawn again when it changed.</summary>
    public required Func<PoolPicture, T, string> Text { get; init; }

    /// <summary>What it is ordered by; its text if not set.</summary>
    public Func<PoolPicture, T, SortKey>? Sort { get; init; }

    /// <summary>How the cell looks where text is not enough. It is called while drawing and holds on to nothing.</summary>
    public RenderFragment<CellView<T>>? View { get; init; }

    /// <summary>Set when the cell shows the age of a moment: it is then drawn again when that reads differently.</summary>
    public Func<PoolPicture, T, DateTimeOffset?>? Moment { get; init; }

    /// <summary>The footer's figure for all rows that the list shows.</summary>
    public Func<IEnumerable<Cell<T>>, string>? Total { get; init; }

    /// <summary>Pixels; a <see cref="Grows"/> column takes what is left besides.</summary>
    public int Width { get; init; } = 130;

    public bool Grows { get; init; }

    /// <summary>Figures stand at the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>A number that says little without its title, which a card therefore adds: <c>8 VMs</c>.</summary>
    public bool IsCount { get; init; }

    /// <summary>Addresses and ids.</summary>
    public bool IsMono { get; init; }

    /// <summary>What it takes to see the cell of an object, beside seeing the object: without it there is nothing in it. Null for nothing more.</summary>
    public Func<T, Right>? Takes { get; init; }

    /// <summary>It is to be looked at: it says nothing in a file, and there is none of the past.</summary>
    public bool IsPicture { get; init; }

    /// <summary>Shown until the person chooses otherwise.</summary>
    public bool IsShown { get; init; } = true;

    public CardPlace Card { get; init; }

    public SortKey SortKey(PoolPicture pool, T value) => Sort is null ? Text(pool, value) : Sort(pool, value);
}
