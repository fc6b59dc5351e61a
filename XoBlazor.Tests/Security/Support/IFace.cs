namespace XoBlazor.Tests.Security.Support;

/// <summary>
/// A way into the server from outside. The security tests ask every face everything it has, as everybody: a new protocol joins them by an
/// implementation of this and a line in <see cref="Faces.All"/>. What is mapped as an HTTP endpoint is found by itself.
/// </summary>
internal interface IFace
{
    string Name { get; }

    /// <summary>Asks everything there is to ask, by every id there is, as somebody. Returns each question with all that came back.</summary>
    IAsyncEnumerable<Heard> ReplayAsync(Estate estate, Person person);

    /// <summary>Waits for whatever the server pushes by itself while something changes, from when everything is open. Returns all of it.</summary>
    Task<string> ListenAsync(Estate estate, Person person, Func<Task> change);
}

/// <param name="Status">The HTTP status, or its like.</param>
/// <param name="Text">Everything that came back: headers, body, frames.</param>
internal sealed record Heard(string Question, int Status, string Text);

/// <summary>All the faces there are.</summary>
internal static class Faces
{
    public static IReadOnlyList<IFace> All { get; } = [new HttpFace(withToken: false), new HttpFace(withToken: true), new CircuitFace(), new RpcFace(), new RestFace()];

    public static IFace Find(string name) => All.Single(face => face.Name == name);
}
