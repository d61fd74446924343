//! What stands around every page of the office, and what it says after an act.

use super::sentences;

sentences! {
    /// The frame, the way in, and what was just done.
    FrameSay {
        Lookfor: "Lookfor", "Lookfor";
        Office: "Office", "Oficina";
        Skip: "Skip to the page", "Ir al contenido";
        Pages: "Pages of the office", "Páginas de la oficina";
        Overview: "Overview", "Resumen";
        Pilot: "Start a pilot", "Iniciar un piloto";
        Ideas: "Change ideas", "Ideas de cambio";
        People: "People", "Personas";
        Sites: "Schools and classes", "Escuelas y clases";
        Agreement: "Agreement", "Acuerdo";
        Imports: "Rosters", "Listas";
        Devices: "Devices", "Dispositivos";
        Data: "Data and backups", "Datos y copias";
        App: "Back to the app", "Volver a la aplicación";
        SignOut: "Sign out of the office", "Salir de la oficina";
        Enter: "Open the office", "Abrir la oficina";
        EnterMeans: "Here you look after people, devices, the agreement and the district's data. No visit and no feedback can be read here.", "Aquí se cuidan las personas, los dispositivos, el acuerdo y los datos del distrito. Aquí no se puede leer ninguna visita ni retroalimentación.";
        EnterHere: "Open it in this browser", "Abrirla en este navegador";
        EnterHow: "It stays open for eight hours, or until you sign out here or in the app. Do not open it on a computer that others use after you.", "Queda abierta ocho horas, o hasta que usted salga aquí o en la aplicación. No la abra en una computadora que otras personas usan después.";
        Closed: "The office is not open here", "La oficina no está abierta aquí";
        ClosedMeans: "It closes after eight hours, and when you sign out. Open Lookfor, and choose “Office” in its menu.", "Se cierra después de ocho horas y cuando usted sale. Abra Lookfor y elija «Oficina» en su menú.";
        DoorUsed: "This way in was used already", "Esta entrada ya se usó";
        DoorUsedMeans: "It works once, and for two minutes. Choose “Office” in the menu of Lookfor again.", "Funciona una vez y durante dos minutos. Elija otra vez «Oficina» en el menú de Lookfor.";
        SignedOut: "You signed out of the office", "Usted salió de la oficina";
        SignedOutMeans: "Nothing of it stays in this browser. The app is still signed in.", "No queda nada de ella en este navegador. La aplicación sigue con su sesión.";
        OpenApp: "Open Lookfor", "Abrir Lookfor";
        NotYours: "This page is not for you", "Esta página no es para usted";
        NotYoursMeans: "The office is for improvement leads and admins, and some of its pages for admins alone. Whoever runs Lookfor in your district can change what you do.", "La oficina es para responsables de mejora y administración, y algunas páginas solo para administración. Quien administra Lookfor en su distrito puede cambiar lo que usted hace.";
        FromElsewhere: "This did not come from the office", "Esto no vino de la oficina";
        FromElsewhereMeans: "Nothing was changed. Open the page again and repeat it there.", "No se cambió nada. Abra otra vez la página y repítalo ahí.";
        NotThere: "There is no such page", "Esa página no existe";
        NotThereMeans: "It may have been removed, or the address is incomplete.", "Quizá se quitó, o la dirección está incompleta.";
        Failed: "That did not work", "Eso no funcionó";
        Waiting: "Please wait a moment and try again.", "Espere un momento y vuelva a intentarlo.";
        TooLarge: "That was more text than this page takes.", "Eso fue más texto del que admite esta página.";
        ServerFailed: "The server failed. Nothing was changed. Try again; if it stays, look into its log.", "El servidor falló. No se cambió nada. Inténtelo otra vez; si sigue, revise su registro.";
        Search: "Search", "Buscar";
        Clear: "Show all", "Mostrar todo";
        Next: "Next page", "Página siguiente";
        First: "First page", "Primera página";
        Save: "Save", "Guardar";
        Cancel: "Cancel", "Cancelar";
        CheckForm: "Please check what is marked below. Nothing was saved.", "Revise lo que está marcado abajo. No se guardó nada.";
        WrongName: "Write a name of up to 200 characters, on one line.", "Escriba un nombre de hasta 200 caracteres, en una sola línea.";
        WrongMail: "Write one mail address, such as ana@school.org, that nobody else has.", "Escriba una dirección de correo, como ana@escuela.org, que nadie más tenga.";
        WrongPlace: "Choose where: a school for teachers, principals and coaches, a change idea for pilot teachers.", "Elija dónde: una escuela para docentes, dirección y coaches; una idea de cambio para docentes piloto.";
        LastAdmin: "A district always has an admin. Make somebody else an admin first.", "Un distrito siempre tiene a alguien en administración. Dé primero esa función a otra persona.";
        HasLeft: "This person has left. Bring them back first.", "Esta persona ya no está. Primero marque que está de vuelta.";
        DoneAdded: "Added.", "Se agregó.";
        DoneSaved: "Saved.", "Guardado.";
        DoneLeft: "Marked as left. Their devices and invitations are ended.", "Se marcó que ya no está. Sus dispositivos e invitaciones terminaron.";
        DoneBack: "Marked as here again. Give them what they do, and an invitation.", "Se marcó que está de vuelta. Indique lo que hace y haga una invitación.";
        DonePosts: "Changed what they do. If that is more than teaching, an invitation that was open has ended.", "Se cambió lo que hace. Si es más que enseñar, la invitación abierta terminó.";
        DoneConfirmedEnded: "Confirmed. They count as a teacher from now on. Their devices were signed out and open links ended: give them a new link.", "Se confirmó. Desde ahora cuenta como docente. Se cerró la sesión de sus dispositivos y terminaron los enlaces abiertos: dele un enlace nuevo.";
        DoneConfirmed: "Confirmed. They count as a teacher from now on.", "Se confirmó. Desde ahora cuenta como docente.";
        DoneMail: "The invitation goes out by mail in the next minute.", "La invitación sale por correo en el próximo minuto.";
        DoneMerged: "The two entries are one now. Devices follow in a moment, and invitations that were open end.", "Los dos registros ya son uno. Los dispositivos se actualizan en un momento y las invitaciones abiertas terminan.";
        DoneEnded: "The device is signed out. What it has not sent yet stays on it.", "Se cerró la sesión del dispositivo. Lo que no envió se queda en él.";
        DoneAdopted: "The new version of the agreement is adopted. Every device gets it at its next sync.", "Se adoptó la nueva versión del acuerdo. Cada dispositivo la recibe en su próxima sincronización.";
        DoneIdea: "Changed where the idea stands. Every device gets it at its next sync.", "Se cambió la etapa de la idea. Cada dispositivo lo recibe en su próxima sincronización.";
        DoneForm: "The form is added. It stands in the library; put it to use there.", "El formulario se agregó. Está en la biblioteca; póngalo en uso ahí.";
        DoneTaken: "Taken, all of it. Devices follow in a moment.", "Se importó completo. Los dispositivos se actualizan en un momento.";
        DoneBackup: "The backup is made.", "La copia está hecha.";
    }
}
