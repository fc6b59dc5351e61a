using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>
/// A place where somebody proves with a password who they are. The security tests knock at every door: a new way to sign in joins them by an
/// implementation of this and a line in <see cref="Doors.All"/>. Tokens are proven elsewhere; the command line goes through <c>session.signIn</c>.
/// </summary>
internal interface IDoor
{
    string Name { get; }

    /// <summary>Whoever comes says who they are. Where not, they are in already and prove it once more.</summary>
    bool TakesNames { get; }

    /// <summary>A code goes along with the password.</summary>
    bool TakesCodes { get; }

    /// <summary>Goes to the door as somebody, as far as it takes no password that is tried there.</summary>
    /// <param name="rightPassword">For a door inside: what brings them there.</param>
    Task<Knocker> ApproachAsync(TestServer server, string name, string rightPassword);
}

/// <summary>Tries a password, and a code where one is asked for.</summary>
internal delegate Task<Knock> Knocker(string password, string? code = null);

/// <param name="IsIn">Whether it opened.</param>
/// <param name="Words">What whoever stands there is told; empty when nothing.</param>
internal sealed record Knock(bool IsIn, string Words);

/// <summary>All the doors there are.</summary>
internal static class Doors
{
    public static IReadOnlyList<IDoor> All { get; } =
        [new PageDoor(), new RpcDoor("session.signIn", takesCodes: true), new RpcDoor("session.signInWithPassword", takesCodes: false), new RestDoor(), new ProfileDoor()];

    public static TheoryData<string> Names => [.. All.Select(door => door.Name)];

    /// <summary>Those where names are typed.</summary>
    public static TheoryData<string> Outside => [.. All.Where(door => door.TakesNames).Select(door => door.Name)];

    /// <summary>Those that take a code along.</summary>
    public static TheoryData<string> TakingCodes => [.. All.Where(door => door.TakesCodes).Select(door => door.Name)];

    /// <summary>The same twice, each with each.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var first in All.Where(door => door.TakesCodes))
                foreach (var second in All.Where(door => door.TakesCodes))
                    all.Add(first.Name, second.Name);
            return all;
        }
    }

    public static IDoor Find(string name) => All.Single(door => door.Name == name);

    /// <summary>The place in the list, to tell apart what tests at each door make.</summary>
    public static int Number(string name) => All.TakeWhile(door => door.Name != name).Count();
}
