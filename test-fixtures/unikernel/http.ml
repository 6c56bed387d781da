(* As much of HTTP/1.1 as a site of two pages needs, one request a connection. Pure, so that any OCaml
   can test it: check/http_test.ml. A library for HTTP would bring TLS and GMP into the image; the load
   balancer in front ends TLS. *)

type request = { meth : string; path : string }

(* What is read so far of a request: more must come, or it is whole, or it is none. *)
type reading = More | Whole of request | Bad of string

(* The largest head of a request in bytes, as common servers have it. *)
let largest = 8192

(* Where the empty line stands that ends the head. *)
let head_end text =
  let rec find i =
    if i + 4 > String.length text then None
    else if String.sub text i 4 = "\r\n\r\n" then Some i
    else find (i + 1)
  in
  find 0

let read text =
  match head_end text with
  | None when String.length text > largest -> Bad "431 Request Header Fields Too Large"
  | None -> More
  | Some length when length > largest -> Bad "431 Request Header Fields Too Large"
  | Some length -> (
      let line = List.hd (String.split_on_char '\r' (String.sub text 0 length)) in
      match String.split_on_char ' ' line with
      | [ meth; target; ("HTTP/1.0" | "HTTP/1.1") ] when target <> "" && target.[0] = '/' ->
          (* What follows a question mark chooses no page. *)
          Whole { meth; path = List.hd (String.split_on_char '?' target) }
      | _ -> Bad "400 Bad Request")

let answer ?(head_only = false) status body =
  String.concat "\r\n"
    [
      "HTTP/1.1 " ^ status;
      "Content-Type: text/plain; charset=utf-8";
      "Content-Length: " ^ string_of_int (String.length body);
      "Cache-Control: no-store";
      "Connection: close";
      "";
      (if head_only then "" else body);
    ]

let respond ~version { meth; path } =
  let head_only = meth = "HEAD" in
  match (meth, path) with
  | ("GET" | "HEAD"), "/" -> answer ~head_only "200 OK" ("version " ^ version ^ "\n")
  | ("GET" | "HEAD"), "/healthz" -> answer ~head_only "200 OK" "ok\n"
  | ("GET" | "HEAD"), _ -> answer ~head_only "404 Not Found" ("there is no " ^ path ^ "\n")
  | _ -> answer "405 Method Not Allowed" "only GET and HEAD\n"
