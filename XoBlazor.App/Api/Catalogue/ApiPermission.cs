using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>Who may call a method at all. What may be done to an object is judged once more where it is done.</summary>
internal sealed class ApiPermission
{
    private ApiPermission(string? wire, bool isOpen, Right? right) => (Wire, IsOpen, Right) = (wire, isOpen, right);

    /// <summary>Everybody, signed in or not.</summary>
    public static ApiPermission Anyone { get; } = new(null, isOpen: true, null);

    /// <summary>Everybody who is signed in: the method sees and does only what the requester may.</summary>
    public static ApiPermission SignedIn { get; } = new(null, isOpen: false, null);

    /// <summary>Whoever has a right on the server as a whole.</summary>
    public static ApiPermission Of(Right right) => new("admin", isOpen: false, right);

    /// <summary>What <c>system.getMethodsInfo</c> says; null where it says nothing.</summary>
    public string? Wire { get; }

    public bool IsOpen { get; }

    public Right? Right { get; }
}
