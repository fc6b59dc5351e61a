using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Operations.Forms;

/// <summary>An object that could be chosen for a parameter, or why it cannot.</summary>
/// <param name="Id">Its uuid, or its reference where it has none; of an object of another pool than the targets', its key.</param>
/// <param name="Reason">Null for one that suits.</param>
public sealed record Candidate(string Id, string Name, string? Reason)
{
    private const int MostSuitable = 500;
    private const int MostUnsuitable = 30;

    /// <summary>
    /// Those that may be viewed, the suitable ones first, each with why it does not suit. For several targets, one that suits any of them does.
    /// Of very many not all are given.
    /// </summary>
    public static List<Candidate> For(OperationParameter parameter, CircuitView view, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets)
    {
        var own = targets[0].Pool;
        var all = (parameter.IsAnywhere ? view.Objects.Pools.Where(other => other.Uuid != own.Uuid).Prepend(own) : [own])
            .SelectMany(pool => parameter.Classes.SelectMany(type => pool.All(type)).Select(one => pool == own ? new Candidate(pool.Key(one).Uuid, NameOf(pool, one), Judge(pool, one))
                : new($"{pool.Key(one)}", $"{NameOf(pool, one)} · {pool.Name()}", Judge(pool, one))))
            .OrderBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase).ToList();
        return [.. all.Where(one => one.Reason is null).Take(MostSuitable), .. all.Where(one => one.Reason is not null).Take(MostUnsuitable)];

        string? Judge(PoolPicture pool, XapiObject one)
        {
            if (view.Refusal(parameter.Right!, pool, one) is { } refusal)
                return refusal;
            string? first = null;
            foreach (var target in targets)
            {
                if (parameter.Unsuitable?.Invoke(pool, target.Object, one) is not { } reason)
                    return null;
                first ??= reason;
            }

            return first;
        }
    }

    private static string NameOf(PoolPicture pool, XapiObject one) => one switch
    {
        Sr sr when SrFacts.UseOf(sr) is { Size: > 0 } use => $"{pool.NameOf(sr)} · {Ui.Format.Bytes(use.Free)} free",
        Host host when pool.MemoryOf(host) is { Total: > 0 } memory => $"{pool.NameOf(host)} · {Ui.Format.Bytes(memory.Free)} of memory free",
        Vdi disk when pool.Get(disk.Sr) is { ContentType: not "iso" } sr => $"{pool.NameOf(disk)} · {Ui.Format.Bytes(disk.VirtualSize)} on {pool.NameOf(sr)}",
        _ => pool.NameOf(one),
    };
}
