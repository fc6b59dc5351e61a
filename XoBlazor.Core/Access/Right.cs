namespace XoBlazor.Core.Access;

/// <summary>One thing a user may be allowed to do. Declared by the operation that needs it.</summary>
/// <param name="Name">Area and verb, such as <c>vm.start</c>; stands in roles and grants.</param>
/// <param name="Title">The same for people, such as "Start VMs".</param>
public sealed record Right(string Name, string Title)
{
    /// <summary>Seeing an object at all: without it the object does not exist for the user.</summary>
    public static Right View { get; } = new("object.view", "See objects");
}
