(* A web site that is the whole machine. What goes wrong is told on the console: Compute Engine keeps it
   as the instance's serial port output, and there is no other way to look inside. *)
open Lwt.Infix
open Cmdliner

(* Not --version: Cmdliner has its own. pack-image --args "--site-version=..." hands it over at boot. *)
let version =
  let doc = Arg.info ~doc:"The version that the site shows." [ "site-version" ] in
  Mirage_runtime.register_arg Arg.(value & opt string "unknown" doc)

let port =
  let doc = Arg.info ~doc:"The TCP port of the site." [ "port" ] in
  Mirage_runtime.register_arg Arg.(value & opt int 80 doc)

(* How long a client may take, in seconds: more than any health check waits. *)
let patience = 30

module Main (S : Tcpip.Stack.V4V6) = struct
  let write flow text =
    S.TCP.write flow (Cstruct.of_string text) >|= function
    | Ok () -> ()
    | Error e -> Logs.warn (fun m -> m "site: an answer was not sent: %a" S.TCP.pp_write_error e)

  let rec serve flow text =
    match Http.read text with
    | Http.Whole request -> write flow (Http.respond ~version:(version ()) request)
    | Http.Bad status -> write flow (Http.answer status (status ^ "\n"))
    | Http.More -> (
        S.TCP.read flow >>= function
        | Ok (`Data more) -> serve flow (text ^ Cstruct.to_string more)
        | Ok `Eof -> Lwt.return_unit
        | Error e ->
            Logs.warn (fun m -> m "site: a request was not read: %a" S.TCP.pp_error e);
            Lwt.return_unit)

  (* One connection's fault ends that connection and no other. *)
  let connection flow =
    Lwt.catch
      (fun () ->
        Lwt.pick
          [
            serve flow "";
            ( Mirage_sleep.ns (Duration.of_sec patience) >|= fun () ->
              Logs.warn (fun m -> m "site: no whole request in %d s" patience) );
          ])
      (fun e ->
        Logs.err (fun m -> m "site: %s\n%s" (Printexc.to_string e) (Printexc.get_backtrace ()));
        Lwt.return_unit)
    >>= fun () -> S.TCP.close flow

  let start stack =
    (Lwt.async_exception_hook :=
       fun e -> Logs.err (fun m -> m "site: %s\n%s" (Printexc.to_string e) (Printexc.get_backtrace ())));
    Logs.info (fun m -> m "site: version %s serves on port %d" (version ()) (port ()));
    S.TCP.listen (S.tcp stack) ~port:(port ()) connection;
    S.listen stack
end
